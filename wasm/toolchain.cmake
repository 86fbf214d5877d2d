# The core for the browser: the newest clang from 22 down to 16 that has its wasm packages
# (lld, wasi-libc, libc++, compiler-rt). Same flags as wasi-sdk; no exceptions, no imports.
list(APPEND CMAKE_MODULE_PATH "${CMAKE_CURRENT_LIST_DIR}/cmake")
set(CMAKE_SYSTEM_NAME WASI)
set(CMAKE_SYSTEM_PROCESSOR wasm32)

foreach(version RANGE 22 16 -1)
  file(GLOB seen_builtins "/usr/lib/llvm-${version}/lib/clang/*/lib/wasi/libclang_rt.builtins-wasm32.a")
  if(seen_builtins AND EXISTS "/usr/bin/clang++-${version}" AND EXISTS "/usr/bin/wasm-ld-${version}")
    set(seen_clang "/usr/bin/clang++-${version}")
    break()
  endif()
endforeach()
if(NOT seen_clang)
  message(FATAL_ERROR "No clang with wasm packages. On Debian: apt install clang-22 lld-22 wasi-libc "
                      "libc++-22-dev-wasm32 libc++abi-22-dev-wasm32 libclang-rt-22-dev-wasm32")
endif()

set(CMAKE_CXX_COMPILER "${seen_clang}")
set(CMAKE_ASM_COMPILER "${seen_clang}")
set(CMAKE_CXX_COMPILER_TARGET wasm32-wasi)
set(CMAKE_ASM_COMPILER_TARGET wasm32-wasi)
set(CMAKE_CXX_FLAGS_INIT "--sysroot=/usr -fno-exceptions -msimd128 -Wno-deprecated")
set(CMAKE_EXE_LINKER_FLAGS_INIT "--no-wasm-opt -Wl,-z,stack-size=1048576 -Wl,--stack-first")
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
