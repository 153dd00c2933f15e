// Where a map's two axes lie: the directions in which what people said differs most.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/opinion/opinion_tables.h"

namespace ln::opinion {

// A symmetric matrix of doubles, whole.
struct Matrix {
  std::size_t size = 0;
  std::vector<double> cells;  // size × size
  double at(std::size_t row, std::size_t column) const { return cells[row * size + column]; }
};

// A map's frame: the mean of each statement's votes, and two axes of length 1, each with the sum of
// squares along it. An axis that does not exist (fewer statements, or nobody differs) is all zero.
// The largest entry of an axis is positive (the first of them, where entries are equal to nine
// digits), so that nobody's machine turns the map over.
struct Axes {
  std::vector<double> mean;
  std::vector<double> first, second;
  double first_spread = 0, second_spread = 0;
};

// The sums of squares and products of the votes around the means, where whoever has not voted on a
// statement counts as its mean (engines.md A, point 4): C − m_j·B_jk − m_k·B_kj + m_j·m_k·N.
Matrix covariance_of(const Tables& tables, const std::vector<double>& mean, const Workers& workers);
std::vector<double> means_of(const Tables& tables);

// The two largest eigenvalues and their vectors by Lanczos' method with full reorthogonalisation
// (Golub, Van Loan, Matrix Computations, 4th ed., 10.3) from a fixed start, to a residual of 1e-13
// of the largest eigenvalue. Nothing in it depends on chance, order or the number of threads.
struct Eigen {
  double value = 0;
  std::vector<double> vector;
};
std::vector<Eigen> largest_two(const Matrix& matrix, const Workers& workers);

Axes axes_of(const Tables& tables, const Workers& workers);

}  // namespace ln::opinion
