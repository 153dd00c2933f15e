#include "app/site.h"

namespace ln::app {

html::Site make_site(std::string base_url, bool is_sample) {
  html::Site site;
  site.city = "site.city"_t;
  site.base_url = std::move(base_url);
  site.nav = {{"/", "site.nav.home"_t},
              {"/feedback/new", "site.nav.send"_t},
              {"/register", "site.nav.register"_t},
              {"/consultations", "site.nav.consultations"_t},
              {"/dialogues", "site.nav.dialogues"_t},
              {"/units", "site.nav.units"_t},
              {"/figures", "site.nav.figures"_t},
              {"/ledger", "site.nav.ledger"_t}};
  // The same for everybody who is signed in, so only what opens to all of them; a role's own rooms
  // stand on the page of rooms.
  site.staff_nav = {{"/staff", "site.nav.queue"_t},
                    {"/staff/rooms", "rooms.title"_t},
                    {"/register", "site.nav.register"_t},
                    {"/figures", "site.nav.figures"_t},
                    {"/", "site.nav.citizen_pages"_t}};
  site.footer = {{"site.footer.help"_t,
                  {{"/help", "site.footer.how"_t},
                   {"/feedback/find", "site.footer.find"_t},
                   {"/units", "site.footer.offices"_t},
                   {"/calendar", "workdays.title"_t}}},
                 {"site.footer.part"_t,
                  {{"/receptions", "reception.title"_t},
                   {"/ballots", "ballot.title"_t},
                   {"/surveys", "survey.title"_t},
                   {"/projects", "project.title"_t},
                   {"/emulation", "emulation.nav"_t}}},
                 {"site.footer.openness"_t,
                  {{"/commitments", "site.nav.commitments"_t},
                   {"/disclosure", "disclosure.title"_t},
                   {"/supervision", "supervision.title"_t},
                   {"/moderation", "site.footer.moderation"_t},
                   {"/refusals", "site.footer.refusals"_t},
                   {"/ledger", "site.footer.check"_t},
                   {"/api/v1/openapi.json", "site.footer.api"_t}}}};
  site.sign_in_path = "/staff/sign-in";
  site.account_path = "/staff/account";
  site.lookup = {"/feedback/find", "site.footer.find"_t};
  site.is_sample = is_sample;
  return site;
}

}  // namespace ln::app
