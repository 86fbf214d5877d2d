#include "ledger/ledger.hpp"
#include "seen/server/limits.hpp"

#include <spdlog/spdlog.h>

#include <chrono>

namespace seen::server {

namespace {
/// More than this in one transaction gains nothing and makes the first wait for the last.
constexpr std::size_t works_per_batch = 256;
constexpr std::chrono::seconds between_tidyings{2};
}  // namespace

StorageThread::StorageThread(std::unique_ptr<Storage> storage, Deliver deliver)
    : storage_(std::move(storage)), deliver_(std::move(deliver)), thread_([this] { loop(); }) {}

StorageThread::~StorageThread() {
    stop();
}

void StorageThread::add(Work work) {
    {
        const std::lock_guard lock(mutex_);
        if (!stopping_ && queue_.size() < limits::queued_works) {
            queue_.push_back(std::move(work));
            wake_.notify_one();
            return;
        }
    }
    deliver_(std::move(work.failed));
}

void StorageThread::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        wake_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
}

void StorageThread::loop() {
    for (;;) {
        std::vector<Work> batch = next_batch();
        if (batch.empty()) return;
        settle(std::move(batch));
        tidy();
    }
}

/// Waits for work; an empty batch means that there will be no more.
std::vector<StorageThread::Work> StorageThread::next_batch() {
    std::unique_lock lock(mutex_);
    while (queue_.empty()) {
        if (stopping_) return {};
        wake_.wait_for(lock, between_tidyings, [this] { return stopping_ || !queue_.empty(); });
        if (queue_.empty() && !stopping_) {
            lock.unlock();
            tidy();
            lock.lock();
        }
    }
    std::vector<Work> batch;
    while (!queue_.empty() && batch.size() < works_per_batch) {
        batch.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    return batch;
}

bool StorageThread::attempt(const Work* first, std::size_t count) {
    try {
        storage_->begin();
        for (std::size_t i = 0; i < count; ++i) first[i].run(*storage_);
        storage_->commit();
        ++batches_;
        return true;
    } catch (const std::exception& failure) {
        storage_->rollback();
        spdlog::warn("storage: {}", failure.what());
        return false;
    }
}

void StorageThread::settle(std::vector<Work> batch) {
    if (attempt(batch.data(), batch.size())) {
        deliver_([batch = std::move(batch)] {
            for (const Work& work : batch) work.done();
        });
        return;
    }
    for (Work& work : batch) {
        const bool kept = batch.size() > 1 && attempt(&work, 1);
        deliver_(std::move(kept ? work.done : work.failed));
    }
}

void StorageThread::tidy() {
    try {
        storage_->tidy();
    } catch (const std::exception& failure) {
        spdlog::warn("storage: {}", failure.what());
    }
}

}  // namespace seen::server
