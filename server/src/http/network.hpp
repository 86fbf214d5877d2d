#pragma once

/// Asio as this server includes it. Boost 1.74 needs <utility> first.

// clang-format off
#if defined(__clang__)
// 1.74 knows only clang's old, experimental coroutines; clang-tidy needs the standard ones.
#define BOOST_ASIO_HAS_CO_AWAIT
#define BOOST_ASIO_HAS_STD_COROUTINE
#endif
#include <utility>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
// clang-format on

namespace seen::server {
namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
}  // namespace seen::server
