#pragma once

/// The real `seen` as a child process on a free port, with a data folder that goes when the test
/// ends.

#include "support/http_client.hpp"

#include <filesystem>
#include <sys/types.h>
#include <vector>

namespace seen::test {

class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// How a program ended, and what it said.
struct Ended {
    int code = -1;
    std::string out;
    std::string err;
};

/// Runs `seen` with these arguments until it ends by itself.
[[nodiscard]] Ended run_seen(const std::vector<std::string>& arguments);

/// A server at some address of this machine; a person needs to know no more.
class Reachable {
  public:
    [[nodiscard]] const std::string& address() const { return address_; }
    [[nodiscard]] std::string origin() const {
        return (encrypted_ ? "https://" : "http://") + address_;
    }

  protected:
    Reachable() = default;
    ~Reachable() = default;
    std::string address_;
    bool encrypted_ = false;
};

class RunningServer : public Reachable {
  public:
    explicit RunningServer(std::vector<std::string> more_arguments = {});
    ~RunningServer();
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;

    /// Of the operator's listener, when `--admin` was given.
    [[nodiscard]] const std::string& admin_address() const { return admin_address_; }
    /// Whom those trust who connect to it: with --lan or --tls-cert; empty without.
    [[nodiscard]] std::string authority() const;
    /// HOST:PORT of the page on plain http, with --lan.
    [[nodiscard]] std::string first_page() const;
    [[nodiscard]] std::filesystem::path data() const { return folder_.path() / "data"; }
    [[nodiscard]] const std::vector<std::string>& first_lines() const { return first_lines_; }
    /// What it wrote to standard error so far.
    [[nodiscard]] std::string log() const;
    [[nodiscard]] std::size_t resident_kib() const;

    /// Sends a signal and waits; the exit code, or 128 + the signal that ended it.
    int end_with(int signal);
    void signal(int signal) const;
    int wait();
    /// Starts again over the same data.
    void start();

  private:
    std::vector<std::string> more_arguments_;
    TemporaryFolder folder_;
    pid_t child_ = -1;
    int out_ = -1;
    std::string admin_address_;
    std::vector<std::string> first_lines_;
};

}  // namespace seen::test
