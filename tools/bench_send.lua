-- One send after the other, each a new case.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"about":"place","topic":"street-light","body":"' ..
  string.rep("Đèn đường ngõ 82 tắt ba tuần nay, tối đi lại rất nguy hiểm. ", 4) .. '"}'
