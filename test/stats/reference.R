# Reference values for engine/stats, by R 4.2 (Debian: r-base-core): distributions and tests of R's
# own package stats, and where it has none, the definition solved by another way than ours (numerical
# integration, root finding, enumeration).
#
#   Rscript test/stats/reference.R > test/stats/reference.csv
#
# One line each: name;arguments separated by spaces;value. The tests read the values; they need no R.

line <- function(name, arguments, value)
  cat(name, ";", paste(format(arguments, digits = 15, trim = TRUE, drop0trailing = TRUE), collapse = " "),
      ";", format(value, digits = 15, trim = TRUE), "\n", sep = "")

# Distributions.
for (x in c(0.001, 0.3, 1, 1.5, 7.25, 42, 1000.5, 1e6)) line("log_gamma", x, lgamma(x))
for (p in c(1e-12, 1e-6, 0.0001, 0.025, 0.2, 0.5, 0.8, 0.999)) line("normal_point", p, qnorm(p))
for (a in c(0.5, 2, 30, 800)) for (b in c(0.5, 5, 900, 20000)) for (x in c(0.01, 0.2, 0.5, 0.9))
  line("beta_below", c(x, a, b), pbeta(x, a, b))
for (a in c(0.5, 3, 140, 9000)) for (b in c(0.5, 8, 60)) for (p in c(2.5e-6, 0.025, 0.5, 0.975))
  line("beta_point", c(p, a, b), qbeta(p, a, b))
for (d in c(1, 4, 9, 60)) for (x in c(0.1, 3.84, 16.9, 90))
  line("chi_square_above", c(x, d), pchisq(x, d, lower.tail = FALSE))
for (n in c(5, 60, 5000)) for (p in c(0.01, 0.3)) for (f in c(0.5, 1, 1.5)) {
  k <- max(1, round(n * p * f)); line("binomial_at_least", c(k, n, p), pbinom(k - 1, n, p, lower.tail = FALSE))
}
for (mean in c(0.05, 3, 40)) for (dispersion in c(1, 1.3, 4)) for (k in c(1, 6, 70)) {
  v <- mean * dispersion
  value <- if (dispersion == 1) ppois(k - 1, mean, lower.tail = FALSE)
           else pnbinom(k - 1, size = mean^2 / (v - mean), mu = mean, lower.tail = FALSE)
  line("counts_at_least", c(k, mean, v), value)
}
# Beta-binomial: the binomial tail integrated over the beta density.
for (n in c(12, 200)) for (s in list(c(1.4, 8.6), c(20, 3))) for (f in c(0.1, 0.4, 0.9)) {
  k <- max(1, round(n * f))
  value <- integrate(function(p) pbinom(k - 1, n, p, lower.tail = FALSE) * dbeta(p, s[1], s[2]), 0, 1,
                     rel.tol = 1e-12, subdivisions = 4000)$value
  line("beta_binomial_at_least", c(k, n, s), value)
}
# Fisher's exact test; the tea lady (Fisher, The Design of Experiments, 1935) is the first.
for (t in list(c(3, 1, 1, 3), c(10, 2, 3, 15), c(40, 160, 15, 220), c(7, 0, 1, 9)))
  line("fisher", t, fisher.test(matrix(t, 2, byrow = TRUE), alternative = "greater")$p.value)
p <- c(0.01, 0.013, 0.04, 0.001, 0.2, 0.04, 0.9)
a <- p.adjust(p, "holm"); b <- p.adjust(p, "BH")
for (i in seq_along(p)) { line("holm", i - 1, a[i]); line("benjamini_hochberg", i - 1, b[i]) }

# Newcombe's method 10, with the Wilson bounds of prop.test.
score <- function(x, n) as.vector(suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int)
for (t in list(c(56, 70, 48, 80), c(9, 10, 3, 10), c(6, 7, 2, 7), c(5, 56, 0, 29), c(0, 10, 0, 20),
               c(0, 10, 0, 10), c(10, 10, 0, 20), c(10, 10, 0, 10), c(812, 1000, 700, 930))) {
  one <- score(t[1], t[2]); two <- score(t[3], t[4]); p <- t[1] / t[2]; q <- t[3] / t[4]
  line("newcombe_low", t, p - q - sqrt((p - one[1])^2 + (two[2] - q)^2))
  line("newcombe_high", t, p - q + sqrt((one[2] - p)^2 + (q - two[1])^2))
}

# Kendall's test against time. Without ties exact; with ties normal, tie-corrected, continuous.
series <- list(c(6.1, 5.2, 7.3, 8.4, 7.9, 9.6, 11.2, 10.1), c(3, 1, 2, 5, 4, 9, 7, 8, 6, 12, 10, 11),
               c(0.5, 0.7, 0.6, 0.8), c(5, 4, 3, 2, 1), c(2, 2, 3, 1, 4, 4, 5, 3, 6, 6, 7, 7),
               c(90, 88, 88, 85, 86, 80, 84, 79, 79, 77, 75, 76))
for (s in series) {
  ties <- any(duplicated(s))
  t <- cor.test(s, seq_along(s), method = "kendall", exact = !ties, continuity = TRUE)
  line("mann_kendall", s, t$p.value)
  pairs <- combn(length(s), 2)
  line("sen_slope", s, median((s[pairs[2, ]] - s[pairs[1, ]]) / (pairs[2, ] - pairs[1, ])))
}

# One break: the likelihood ratio by glm, the dispersion by its Pearson residuals.
parts <- c(81, 77, 83, 80, 79, 84, 60, 66, 63, 58); wholes <- rep(100, 10)
p <- sapply(1:9, function(i) {
  side <- c(rep(0, i), rep(1, 10 - i)); y <- cbind(parts, wholes - parts)
  full <- glm(y ~ side, family = binomial); null <- glm(y ~ 1, family = binomial)
  phi <- max(1, sum(residuals(full, "pearson")^2) / 8)
  pf((deviance(null) - deviance(full)) / phi, 1, 8, lower.tail = FALSE)
})
line("change_after", parts, which.min(p)); line("change_p", parts, min(1, 9 * min(p)))

# Paule and Mandel's spread by uniroot: the eight schools, and those with the spread doubled.
y <- c(28, 8, -3, 7, -1, 1, 18, 12); s <- c(15, 10, 16, 11, 9, 11, 10, 18)
q <- function(y, A) { w <- 1 / (s^2 + A); m <- sum(w * y) / sum(w); sum(w * (y - m)^2) }
line("schools_mean", 1, sum(y / s^2) / sum(1 / s^2))
A <- uniroot(function(A) q(3 * y, A) - 7, c(0, 1e5), tol = 1e-12)$root
line("schools_spread", 3, sqrt(A)); w <- 1 / (s^2 + A); line("schools_mean", 3, sum(w * 3 * y) / sum(w))

# The scan statistic, by simulation: P(some window of a tenth holds k of 20 uniform events).
set.seed(6)
most <- replicate(200000, { x <- sort(runif(20)); max(sapply(x, function(t) sum(x >= t & x <= t + 0.1))) })
for (k in 6:9) line("scan", c(k, 20, 0.1), mean(most >= k))
