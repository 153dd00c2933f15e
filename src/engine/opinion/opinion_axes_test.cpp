#include "engine/opinion/opinion_axes.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "engine/opinion/opinion_fixture.h"
#include "engine/opinion/opinion_sample.h"

namespace ln::opinion {
namespace {

using Dense = std::vector<std::vector<double>>;

// The covariance as the books have it: the whole table with every gap filled by its column's mean.
Dense plain_covariance(const Votes& votes, std::vector<double>& mean) {
  const std::size_t size = votes.statements();
  std::vector<double> count(size, 0);
  mean.assign(size, 0);
  for (std::size_t i = 0; i < votes.people(); ++i)
    for (const Vote vote : votes.row(i)) {
      mean[vote.statement()] += vote.value();
      count[vote.statement()] += 1;
    }
  for (std::size_t j = 0; j < size; ++j)
    if (count[j] > 0) mean[j] /= count[j];
  Dense made(size, std::vector<double>(size, 0));
  for (std::size_t i = 0; i < votes.people(); ++i) {
    std::vector<double> row = mean;
    for (const Vote vote : votes.row(i)) row[vote.statement()] = vote.value();
    for (std::size_t j = 0; j < size; ++j) row[j] -= mean[j];
    for (std::size_t j = 0; j < size; ++j)
      if (row[j] != 0)
        for (std::size_t k = 0; k < size; ++k) made[j][k] += row[j] * row[k];
  }
  return made;
}

// Jacobi's rotations, an algorithm that shares nothing with Lanczos': eigenvectors are columns.
void diagonalise(Dense& matrix, Dense& vectors) {
  const std::size_t size = matrix.size();
  vectors.assign(size, std::vector<double>(size, 0));
  for (std::size_t i = 0; i < size; ++i) vectors[i][i] = 1;
  for (int sweep = 0; sweep < 30; ++sweep)
    for (std::size_t p = 0; p < size; ++p)
      for (std::size_t q = p + 1; q < size; ++q) {
        if (std::abs(matrix[p][q]) < 1e-300) continue;
        const double theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
        const double t = (theta >= 0 ? 1 : -1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
        const double c = 1 / std::sqrt(t * t + 1), s = t * c;
        for (std::size_t k = 0; k < size; ++k) {
          const double a = matrix[k][p], b = matrix[k][q];
          matrix[k][p] = c * a - s * b;
          matrix[k][q] = s * a + c * b;
        }
        for (std::size_t k = 0; k < size; ++k) {
          const double a = matrix[p][k], b = matrix[q][k];
          matrix[p][k] = c * a - s * b;
          matrix[q][k] = s * a + c * b;
        }
        for (std::size_t k = 0; k < size; ++k) {
          const double a = vectors[k][p], b = vectors[k][q];
          vectors[k][p] = c * a - s * b;
          vectors[k][q] = s * a + c * b;
        }
      }
}

// The difference of two directions, whichever way they point.
double apart(const std::vector<double>& axis, const Dense& vectors, std::size_t column) {
  double plus = 0, minus = 0;
  for (std::size_t j = 0; j < axis.size(); ++j) {
    plus = std::max(plus, std::abs(axis[j] - vectors[j][column]));
    minus = std::max(minus, std::abs(axis[j] + vectors[j][column]));
  }
  return std::min(plus, minus);
}

}  // namespace

TEST_CASE("Centre and axes are those of an independent computation, to 1e-9") {
  for (const char* name : {"15-per-hour-seattle", "brexit-consensus", "london.youth.policing",
                           "canadian-electoral-reform"}) {
    CAPTURE(name);
    const Votes votes = conversation(name);
    const Axes axes = axes_of(tables_of(votes, alone()), alone());
    std::vector<double> mean;
    Dense matrix = plain_covariance(votes, mean), vectors;
    diagonalise(matrix, vectors);
    std::size_t first = 0, second = 1;
    for (std::size_t i = 0; i < matrix.size(); ++i)
      if (matrix[i][i] > matrix[first][first]) first = i;
    second = first == 0 ? 1 : 0;
    for (std::size_t i = 0; i < matrix.size(); ++i)
      if (i != first && matrix[i][i] > matrix[second][second]) second = i;
    for (std::size_t j = 0; j < mean.size(); ++j) CHECK(std::abs(mean[j] - axes.mean[j]) < 1e-12);
    CHECK(std::abs(matrix[first][first] - axes.first_spread) < 1e-9 * axes.first_spread);
    CHECK(std::abs(matrix[second][second] - axes.second_spread) < 1e-9 * axes.first_spread);
    CHECK(apart(axes.first, vectors, first) < 1e-9);
    CHECK(apart(axes.second, vectors, second) < 1e-9);
  }
}

TEST_CASE("A covariance by hand: two people, two statements") {
  // 1: agrees with both. 2: disagrees with the first, has not voted on the second. Means: 0 and 1.
  Votes votes({"a", "b"});
  votes.add("1", std::vector{Vote(0, Said::agree), Vote(1, Said::agree)});
  votes.add("2", std::vector{Vote(0, Said::disagree)});
  const Tables tables = tables_of(votes, alone());
  CHECK(tables.both(0, 0) == 2);
  CHECK(tables.both(0, 1) == 1);
  CHECK(tables.second(0, 1) == 1);
  CHECK(tables.second(1, 0) == 1);
  CHECK(tables.together(0, 1) == 1);
  CHECK(tables.together(0, 0) == 2);
  const std::vector<double> mean = means_of(tables);
  CHECK(mean == std::vector<double>{0, 1});
  const Matrix matrix = covariance_of(tables, mean, alone());
  CHECK(matrix.cells == std::vector<double>{2, 0, 0, 0});
  const Axes axes = axes_of(tables, alone());
  CHECK(axes.first[0] == doctest::Approx(1));
  CHECK(axes.first_spread == doctest::Approx(2));
  CHECK(axes.second == std::vector<double>{0, 0});  // Nobody differs on anything else.
}

TEST_CASE("Equal eigenvalues, and matrices of one and of nothing") {
  Matrix same{3, {5, 0, 0, 0, 5, 0, 0, 0, 1}};
  const auto two = largest_two(same, alone());
  REQUIRE(two.size() == 2);
  CHECK(two[0].value == doctest::Approx(5));
  CHECK(two[1].value == doctest::Approx(5));
  CHECK(std::abs(two[0].vector[2]) < 1e-9);
  CHECK(std::abs(two[1].vector[2]) < 1e-9);
  CHECK(largest_two({1, {4}}, alone())[0].value == doctest::Approx(4));
  CHECK(largest_two({0, {}}, alone()).empty());
}

TEST_CASE("The sums of a tile hold with many people in one block, whatever they say") {
  // More than 127 equal rows would overflow a byte.
  for (const Said said : {Said::agree, Said::disagree, Said::pass}) {
    Votes votes({"1", "2", "3"});
    for (std::size_t i = 0; i < Votes::block_people + 10; ++i)
      votes.add(std::to_string(i), std::vector{Vote(0, said), Vote(2, Said::disagree)});
    const Tables tables = tables_of(votes, alone());
    const auto people = static_cast<std::int32_t>(votes.people());
    CHECK(tables.both(0, 2) == -value_of(said) * people);
    CHECK(tables.both(2, 2) == people);
    CHECK(tables.second(0, 2) == -people);
    CHECK(tables.second(2, 0) == value_of(said) * people);
    CHECK(tables.together(0, 2) == people);
    CHECK(tables.together(0, 1) == 0);
  }
}

TEST_CASE("Tables are what plain loops over people count") {
  const Votes votes = sample_votes({.people = 2'500, .statements = 150, .votes_each = 25});
  const Tables tables = tables_of(votes, alone());
  const std::size_t size = votes.statements();
  std::vector<std::int32_t> c(size * size, 0), b(size * size, 0), n(size * size, 0);
  for (std::size_t i = 0; i < votes.people(); ++i)
    for (const Vote j : votes.row(i))
      for (const Vote k : votes.row(i)) {
        const std::size_t at = j.statement() * size + k.statement();
        c[at] += j.value() * k.value();
        b[at] += k.value();
        n[at] += 1;
      }
  bool is_same = true;
  for (std::size_t j = 0; j < size; ++j)
    for (std::size_t k = 0; k < size; ++k)
      is_same = is_same && tables.both(j, k) == c[j * size + k] &&
                tables.second(j, k) == b[j * size + k] && tables.together(j, k) == n[j * size + k];
  CHECK(is_same);
}

}  // namespace ln::opinion
