#pragma once

/// Storage work off the network thread: one thread writes, one reads, each with a Storage of its
/// own.
///
/// Many requests share one commit: whatever waits when the writer is free goes into one
/// transaction, and every `then` is called only after that transaction is on the disk. If it fails,
/// each work is tried again alone, so that one that cannot be kept does not take the others with
/// it; what fails alone ends in NotKept, and nothing of it is stored. `work` runs on a storage
/// thread, perhaps twice, and must own what it uses. `then` is handed to `deliver`, which brings it
/// to the network thread; it is called exactly once. A full queue answers NotKept at once. stop()
/// finishes what was accepted and joins both threads.

#include "seen/server/refusal.hpp"
#include "seen/server/storage.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace seen::server {

/// One thread with a storage and a bounded queue of work for it.
class StorageThread {
  public:
    using Deliver = std::function<void(std::function<void()>)>;
    struct Work {
        std::function<void(Storage&)> run;
        std::function<void()> done;
        std::function<void()> failed;
    };

    StorageThread(std::unique_ptr<Storage> storage, Deliver deliver);
    ~StorageThread();
    StorageThread(const StorageThread&) = delete;
    StorageThread& operator=(const StorageThread&) = delete;

    void add(Work work);
    void stop();
    [[nodiscard]] std::uint64_t batches() const { return batches_; }

  private:
    void loop();
    [[nodiscard]] std::vector<Work> next_batch();
    [[nodiscard]] bool attempt(const Work* first, std::size_t count);
    void settle(std::vector<Work> batch);
    void tidy();

    std::unique_ptr<Storage> storage_;
    Deliver deliver_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Work> queue_;
    bool stopping_ = false;
    std::atomic<std::uint64_t> batches_{0};
    std::thread thread_;
};

class Ledger {
  public:
    Ledger(std::unique_ptr<Storage> writer, std::unique_ptr<Storage> reader,
           StorageThread::Deliver deliver)
        : writer_(std::move(writer), deliver), reader_(std::move(reader), std::move(deliver)) {}

    template <class T>
    void write(std::function<Result<T>(Storage&)> work,
               const std::function<void(Result<T>)>& then) {
        writer_.add(packed<T>(std::move(work), then));
    }
    template <class T>
    void read(std::function<Result<T>(Storage&)> work, const std::function<void(Result<T>)>& then) {
        reader_.add(packed<T>(std::move(work), then));
    }
    void stop() {
        writer_.stop();
        reader_.stop();
    }
    [[nodiscard]] std::uint64_t commits() const { return writer_.batches(); }

  private:
    template <class T>
    static StorageThread::Work packed(std::function<Result<T>(Storage&)> work,
                                      const std::function<void(Result<T>)>& then) {
        auto result = std::make_shared<Result<T>>(refuse(Refusal::NotKept));
        return {
            .run = [result, work = std::move(work)](Storage& storage) { *result = work(storage); },
            .done = [result, then] { then(std::move(*result)); },
            .failed = [then] { then(refuse(Refusal::NotKept)); }};
    }

    StorageThread writer_;
    StorageThread reader_;
};

}  // namespace seen::server
