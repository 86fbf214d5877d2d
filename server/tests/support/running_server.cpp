#include "support/running_server.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace seen::test {

namespace {

std::string contents(const std::filesystem::path& file) {
    const std::ifstream stream(file);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

/// Starts `seen`; its output goes to the pipe's end, its errors to a file.
pid_t spawn(const std::vector<std::string>& arguments, int out,
            const std::filesystem::path& errors) {
    std::vector<std::string> owned{SEEN_BINARY};
    owned.insert(owned.end(), arguments.begin(), arguments.end());
    std::vector<char*> raw;
    raw.reserve(owned.size() + 1);
    for (std::string& argument : owned) raw.push_back(argument.data());
    raw.push_back(nullptr);
    const int err = ::open(errors.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(out, STDOUT_FILENO);
        ::dup2(err, STDERR_FILENO);
        ::execv(SEEN_BINARY, raw.data());
        ::_exit(127);
    }
    ::close(err);
    return child;
}

int code_of(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "seen-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

Ended run_seen(const std::vector<std::string>& arguments) {
    const TemporaryFolder folder;
    const auto out = folder.path() / "out";
    const int handle = ::open(out.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    const pid_t child = spawn(arguments, handle, folder.path() / "err");
    ::close(handle);
    int status = 0;
    ::waitpid(child, &status, 0);
    return {code_of(status), contents(out), contents(folder.path() / "err")};
}

RunningServer::RunningServer(std::vector<std::string> more_arguments)
    : more_arguments_(std::move(more_arguments)) {
    start();
}

RunningServer::~RunningServer() {
    if (child_ > 0) end_with(SIGKILL);
    if (out_ >= 0) ::close(out_);
}

void RunningServer::start() {
    std::vector<std::string> arguments{"serve", "--listen", "127.0.0.1:0", "--data",
                                       data().string()};
    arguments.insert(arguments.end(), more_arguments_.begin(), more_arguments_.end());
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    child_ = spawn(arguments, pipe[1], folder_.path() / "err");
    ::close(pipe[1]);
    if (out_ >= 0) ::close(out_);
    out_ = pipe[0];
    std::string text;
    first_lines_.clear();
    const auto has_admin = std::ranges::find(more_arguments_, "--admin") != more_arguments_.end();
    // At home it goes on to say where a phone begins, and the authority is told last.
    const bool at_home = std::ranges::find(more_arguments_, "--lan") != more_arguments_.end();
    const auto enough = [&] {
        if (at_home)
            return std::ranges::any_of(first_lines_, [](const std::string& line) {
                return line.starts_with("Its fingerprint");
            });
        return first_lines_.size() >= (has_admin ? 4U : 3U);
    };
    while (!enough()) {
        std::array<char, 512> buffer{};
        const auto count = ::read(out_, buffer.data(), buffer.size());
        if (count <= 0) throw std::runtime_error("seen did not start: " + log());
        text.append(buffer.data(), static_cast<std::size_t>(count));
        for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n')) {
            first_lines_.push_back(text.substr(0, end));
            text.erase(0, end + 1);
        }
    }
    if (has_admin) {
        const std::string& line = first_lines_.at(3);
        const auto at = line.find("127.0.0.1:");
        admin_address_ = line.substr(at, line.find('/', at) - at);
    }
    address_ = "127.0.0.1" + first_lines_.front().substr(first_lines_.front().rfind(':'));
    encrypted_ = !authority().empty();
    if (encrypted_) encrypt_to(address_, authority());
}

std::string RunningServer::authority() const {
    const auto given = std::ranges::find(more_arguments_, "--tls-cert");
    if (given != more_arguments_.end()) return *std::next(given);
    const bool at_home = std::ranges::find(more_arguments_, "--lan") != more_arguments_.end();
    return at_home ? (data() / "lan" / "seen-authority.crt").string() : "";
}

std::string RunningServer::first_page() const {
    const std::string before = "begins at http://";
    for (const std::string& line : first_lines_)
        if (const auto at = line.find(before); at != std::string::npos)
            return line.substr(at + before.size());
    return {};
}

std::string RunningServer::log() const {
    return contents(folder_.path() / "err");
}

std::size_t RunningServer::resident_kib() const {
    std::istringstream status(contents("/proc/" + std::to_string(child_) + "/status"));
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6));
    return 0;
}

void RunningServer::signal(int signal) const {
    ::kill(child_, signal);
}

int RunningServer::wait() {
    int status = 0;
    ::waitpid(child_, &status, 0);
    child_ = -1;
    return code_of(status);
}

int RunningServer::end_with(int signal) {
    this->signal(signal);
    return wait();
}

}  // namespace seen::test
