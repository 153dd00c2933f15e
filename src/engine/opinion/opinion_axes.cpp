#include "engine/opinion/opinion_axes.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace ln::opinion {
namespace {

// Four lanes that are added in one fixed order at the end: the same sum on every processor.
typedef double Doubles __attribute__((vector_size(32)));

inline __attribute__((always_inline)) double dot_lanes(const double* left,
                                                       const double* right,
                                                       std::size_t size) {
  Doubles sums[4] = {};
  std::size_t i = 0;
  for (; i + 16 <= size; i += 16)
    for (std::size_t lane = 0; lane < 4; ++lane) {
      Doubles a, b;
      std::memcpy(&a, left + i + lane * 4, 32);
      std::memcpy(&b, right + i + lane * 4, 32);
      sums[lane] += a * b;
    }
  const Doubles sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  double rest = 0;
  for (; i < size; ++i) rest += left[i] * right[i];
  return ((sum[0] + sum[1]) + (sum[2] + sum[3])) + rest;
}

double dot_plain(const double* left, const double* right, std::size_t size) {
  return dot_lanes(left, right, size);
}
#if defined(__x86_64__)
__attribute__((target("avx2"))) double dot_avx2(const double* left,
                                                const double* right,
                                                std::size_t size) {
  return dot_lanes(left, right, size);
}
double dot(const double* left, const double* right, std::size_t size) {
  static const auto chosen = __builtin_cpu_supports("avx2") != 0 ? dot_avx2 : dot_plain;
  return chosen(left, right, size);
}
#else
double dot(const double* left, const double* right, std::size_t size) {
  return dot_plain(left, right, size);
}
#endif

using Vector = std::vector<double>;

double dot(const Vector& left, const Vector& right) {
  return dot(left.data(), right.data(), left.size());
}

void add(Vector& to, const Vector& from, double factor) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i] * factor;
}

void scale(Vector& vector, double factor) {
  for (double& each : vector) each *= factor;
}

Vector product(const Matrix& matrix, const Vector& vector, const Workers& workers) {
  constexpr std::size_t rows_a_job = 256;
  Vector made(matrix.size);
  const auto rows = [&](std::size_t job, std::size_t) {
    const std::size_t end = std::min((job + 1) * rows_a_job, matrix.size);
    for (std::size_t i = job * rows_a_job; i < end; ++i)
      made[i] = dot(matrix.cells.data() + i * matrix.size, vector.data(), matrix.size);
  };
  (matrix.size < 2 * rows_a_job ? alone() : workers)
      .run((matrix.size + rows_a_job - 1) / rows_a_job, rows);
  return made;
}

// Eigenvalues of a symmetric tridiagonal matrix and, of each eigenvector, the entries in `rows`, by
// the QL method with implicit shifts (Golub, Van Loan, 8.3; Bowdler, Martin, Reinsch, Wilkinson,
// Numerische Mathematik 11, 1968, 293–306).
struct Tridiagonal {
  Vector diagonal;
  Vector beside;             // beside[i] couples i and i + 1
  std::vector<Vector> rows;  // row r, column i: entry r of the eigenvector i

  void turn(std::size_t low, std::size_t high);
  void solve();
};

void Tridiagonal::turn(std::size_t low, std::size_t high) {
  double g = (diagonal[low + 1] - diagonal[low]) / (2 * beside[low]);
  double r = std::sqrt(g * g + 1);
  g = diagonal[high] - diagonal[low] + beside[low] / (g + (g >= 0 ? r : -r));
  double s = 1, c = 1, p = 0;
  for (std::size_t i = high; i-- > low;) {
    const double f = s * beside[i], b = c * beside[i];
    r = std::sqrt(f * f + g * g);
    beside[i + 1] = r;
    if (r == 0) {
      diagonal[i + 1] -= p;
      beside[high] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = diagonal[i + 1] - p;
    r = (diagonal[i] - g) * s + 2 * c * b;
    p = s * r;
    diagonal[i + 1] = g + p;
    g = c * r - b;
    for (Vector& row : rows) {
      const double above = row[i + 1];
      row[i + 1] = s * row[i] + c * above;
      row[i] = c * row[i] - s * above;
    }
  }
  diagonal[low] -= p;
  beside[low] = g;
  beside[high] = 0;
}

void Tridiagonal::solve() {
  const std::size_t size = diagonal.size();
  beside.resize(size, 0);
  beside[size - 1] = 0;
  for (std::size_t low = 0; low < size; ++low)
    // It takes two or three turns; the bound only keeps a broken number from turning for ever.
    for (int turns = 0; turns < 100; ++turns) {
      std::size_t high = low;
      for (; high + 1 < size; ++high) {
        const double sum = std::abs(diagonal[high]) + std::abs(diagonal[high + 1]);
        if (sum + std::abs(beside[high]) == sum) break;
      }
      if (high == low) break;
      turn(low, high);
    }
}

// A start that no real matrix is orthogonal to, the same for everybody.
Vector fixed_start(std::size_t size, std::uint64_t which) {
  Vector made(size);
  for (std::size_t i = 0; i < size; ++i)
    made[i] = static_cast<double>(mixed(which << 32 | (i + 1)) >> 11) * 0x1p-53 - 0.5;
  return made;
}

// One run of the method: an orthogonal basis in which the matrix is tridiagonal.
class Lanczos {
 public:
  Lanczos(const Matrix& matrix, const Workers& workers) : matrix_(matrix), workers_(workers) {
    for (std::size_t i = 0; i < matrix.size; ++i) norm_ += std::abs(matrix.at(i, i));
  }

  std::vector<Eigen> solve() {
    next_ = fixed_start(matrix_.size, starts_++);
    begin_anew();
    const std::size_t steps = std::min<std::size_t>(matrix_.size, steps_max);
    while (basis_.size() < steps) {
      step();
      if (basis_.size() % 8 == 0 && is_exact()) break;
    }
    return take();
  }

 private:
  static constexpr std::size_t steps_max = 600;
  static constexpr double residual_max = 1e-13;

  // Twice is enough (Parlett, The Symmetric Eigenvalue Problem, 6.9).
  void make_orthogonal(Vector& vector) const {
    for (int times = 0; times < 2; ++times)
      for (const Vector& each : basis_) add(vector, each, -dot(each, vector));
  }

  // The space is used up, because eigenvalues are equal or zero: go on from another fixed start.
  void begin_anew() {
    make_orthogonal(next_);
    scale(next_, 1 / std::sqrt(dot(next_, next_)));
  }

  void step() {
    basis_.push_back(std::move(next_));
    const Vector& last = basis_.back();
    next_ = product(matrix_, last, workers_);
    diagonal_.push_back(dot(last, next_));
    make_orthogonal(next_);
    const double length = std::sqrt(dot(next_, next_));
    if (length > 1e-14 * norm_) {
      beside_.push_back(length);
      scale(next_, 1 / length);
    } else {
      beside_.push_back(0);
      if (basis_.size() == matrix_.size) return;
      next_ = fixed_start(matrix_.size, starts_++);
      begin_anew();
    }
  }

  // The places of the two largest of `values`.
  static std::vector<std::size_t> two_of(const Vector& values) {
    std::vector<std::size_t> order(values.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, [&](auto a, auto b) { return values[a] > values[b]; });
    if (order.size() > 2) order.resize(2);
    return order;
  }

  bool is_exact() const {
    Tridiagonal small{diagonal_, beside_, {Vector(diagonal_.size(), 0)}};
    small.rows[0].back() = 1;
    small.solve();
    const auto two = two_of(small.diagonal);
    const double largest = small.diagonal[two[0]];
    // A zero coupling says nothing of what lies outside the space: go on to the last step.
    if (beside_.back() == 0) return false;
    return std::ranges::all_of(two, [&](std::size_t i) {
      return std::abs(beside_.back() * small.rows[0][i]) <= residual_max * largest;
    });
  }

  std::vector<Eigen> take() const {
    Tridiagonal small{diagonal_, beside_, {}};
    for (std::size_t i = 0; i < diagonal_.size(); ++i) {
      small.rows.emplace_back(diagonal_.size(), 0);
      small.rows.back()[i] = 1;
    }
    small.solve();
    std::vector<Eigen> made;
    for (const std::size_t at : two_of(small.diagonal)) {
      Eigen eigen{small.diagonal[at], Vector(matrix_.size, 0)};
      for (std::size_t i = 0; i < basis_.size(); ++i)
        add(eigen.vector, basis_[i], small.rows[i][at]);
      scale(eigen.vector, 1 / std::sqrt(dot(eigen.vector, eigen.vector)));
      made.push_back(std::move(eigen));
    }
    return made;
  }

  const Matrix& matrix_;
  const Workers& workers_;
  double norm_ = 0;
  std::uint64_t starts_ = 1;
  std::vector<Vector> basis_;
  Vector next_, diagonal_, beside_;
};

// The largest entry shall be positive; of entries equal to nine digits the first one decides.
void turn_upright(Vector& axis) {
  double largest = 0;
  for (const double each : axis) {
    const double rounded = std::round(each * 1e9);
    if (std::abs(rounded) > std::abs(largest)) largest = rounded;
  }
  if (largest < 0) scale(axis, -1);
}

}  // namespace

std::vector<double> means_of(const Tables& tables) {
  Vector mean(tables.statements(), 0);
  for (std::size_t j = 0; j < mean.size(); ++j)
    if (tables.voted(j) > 0)
      mean[j] = static_cast<double>(tables.sum(j)) / static_cast<double>(tables.voted(j));
  return mean;
}

Matrix covariance_of(const Tables& tables,
                     const std::vector<double>& mean,
                     const Workers& workers) {
  const std::size_t size = tables.statements();
  Matrix made{size, Vector(size * size)};
  constexpr std::size_t rows_a_job = 64;
  const auto rows = [&](std::size_t job, std::size_t) {
    for (std::size_t j = job * rows_a_job; j < std::min((job + 1) * rows_a_job, size); ++j) {
      const std::int32_t *const c = tables.row(Tables::c, j), *const b = tables.row(Tables::b, j);
      const std::int32_t *const t = tables.row(Tables::b_turned, j), *const n =
                                                                         tables.row(Tables::n, j);
      for (std::size_t k = j; k < size; ++k) {
        const double value =
            (c[k - j] - mean[j] * b[k - j]) - (mean[k] * t[k - j]) + mean[j] * mean[k] * n[k - j];
        made.cells[j * size + k] = value;
      }
    }
  };
  (size < 2 * rows_a_job ? alone() : workers).run((size + rows_a_job - 1) / rows_a_job, rows);
  // The other half is copied in squares, which stay in the cache.
  constexpr std::size_t square = 32;
  for (std::size_t j0 = 0; j0 < size; j0 += square)
    for (std::size_t k0 = j0; k0 < size; k0 += square)
      for (std::size_t j = j0; j < std::min(j0 + square, size); ++j)
        for (std::size_t k = std::max(k0, j + 1); k < std::min(k0 + square, size); ++k)
          made.cells[k * size + j] = made.cells[j * size + k];
  return made;
}

std::vector<Eigen> largest_two(const Matrix& matrix, const Workers& workers) {
  if (matrix.size == 0) return {};
  return Lanczos(matrix, workers).solve();
}

Axes axes_of(const Tables& tables, const Workers& workers) {
  Axes axes;
  axes.mean = means_of(tables);
  axes.first.assign(axes.mean.size(), 0);
  axes.second = axes.first;
  std::vector<Eigen> found = largest_two(covariance_of(tables, axes.mean, workers), workers);
  // Where nobody differs, what is left is rounding, and no axis.
  const auto is_real = [&](std::size_t i) {
    return i < found.size() && found[i].value > 1e-9 && found[i].value > 1e-12 * found[0].value;
  };
  if (is_real(0)) {
    turn_upright(found[0].vector);
    axes.first = std::move(found[0].vector);
    axes.first_spread = found[0].value;
  }
  if (is_real(1)) {
    turn_upright(found[1].vector);
    axes.second = std::move(found[1].vector);
    axes.second_spread = found[1].value;
  }
  return axes;
}

}  // namespace ln::opinion
