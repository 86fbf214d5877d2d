/// What the C library would ask of a system. There is none: every file is closed, and so the module
/// has no imports. The names are wasi-libc's own; a broken stack guard stops the module at once.

#include <cstddef>
#include <cstdint>
#include <wasi/api.h>

// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" {

std::uintptr_t __stack_chk_guard = 0x5EE4C0DE;

[[noreturn]] void __stack_chk_fail() {
    __builtin_trap();
}

__wasi_errno_t __wasi_fd_write(__wasi_fd_t /*fd*/, const __wasi_ciovec_t* /*buffers*/,
                               std::size_t /*count*/, __wasi_size_t* /*written*/) {
    return __WASI_ERRNO_BADF;
}

__wasi_errno_t __wasi_fd_close(__wasi_fd_t /*fd*/) {
    return __WASI_ERRNO_BADF;
}

__wasi_errno_t __wasi_fd_seek(__wasi_fd_t /*fd*/, __wasi_filedelta_t /*offset*/,
                              __wasi_whence_t /*whence*/, __wasi_filesize_t* /*place*/) {
    return __WASI_ERRNO_BADF;
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
