// A cage a process locks itself into before it looks at bytes of strangers.
#pragma once

namespace ln::file {

// From here on this process can compute, use up to 512 MiB of memory and 10 s of processor time,
// write to its standard output and error, and end. It cannot open, read, connect, start, signal or
// trace anything; the kernel kills it when it tries (opening a file fails instead: libraries look
// for optional ones). Throws Failure when the kernel cannot build the cage: never work without it.
//
// Under a sanitizer the memory limit is absent (its shadow memory needs terabytes of addresses) and
// a few harmless calls of its runtime are allowed besides.
//
// Precondition: one thread.
void enter_sandbox();

}  // namespace ln::file
