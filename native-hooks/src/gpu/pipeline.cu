// A 1F1B pipeline of four processes on one GPU, as training jobs are built: each stage is a process, labels its forwards
// and backwards with NVTX, and copies its result into its neighbour's memory through CUDA IPC. (NCCL refuses two ranks on
// one GPU, so its kernels are not in here.) The processes share the GPU in time slices: a busy one delays the others.
//
// usage: pipeline MICROBATCHES ITERATIONS CYCLES
//
// Prints for each rank: rank, kernels, copies, ranges.
#include <cuda_runtime.h>
#include <nvtx3/nvToolsExt.h>

#include <sched.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>

constexpr int STAGES = 4;
constexpr int BYTES = 8 << 20;
constexpr int KERNELS = 4;

// What the processes share: where each stage receives, and how many messages have come from either side.
struct Shared {
    cudaIpcMemHandle_t inbox[STAGES];
    std::atomic<int> opened;
    std::atomic<int> closed;
    std::atomic<int> arrived[STAGES][2];
};

static void check(cudaError_t result, const char *what) {
    if (result != cudaSuccess) {
        std::fprintf(stderr, "pipeline: %s: %s\n", what, cudaGetErrorString(result));
        _exit(1);
    }
}

__global__ void stage_forward(float *data, long long cycles) {
    long long start = clock64();
    while (clock64() - start < cycles) {
    }
    data[threadIdx.x] += 1;
}

__global__ void stage_backward(float *data, long long cycles) {
    long long start = clock64();
    while (clock64() - start < 2 * cycles) {
    }
    data[threadIdx.x] -= 1;
}

class Stage {
public:
    Stage(Shared *shared, int rank, long long cycles) : shared_(shared), rank_(rank), cycles_(cycles) {
        check(cudaStreamCreate(&stream_), "a stream");
        check(cudaMalloc(&work_, BYTES), "memory");
        check(cudaMalloc(&inbox_, BYTES), "memory");
        check(cudaIpcGetMemHandle(&shared_->inbox[rank_], inbox_), "an IPC handle");
        meet(shared_->opened);
        for (int side = 0; side < 2; side++) {
            int peer = rank_ + (side == 0 ? 1 : -1);
            if (peer >= 0 && peer < STAGES) {
                check(cudaIpcOpenMemHandle(&peer_[side], shared_->inbox[peer], cudaIpcMemLazyEnablePeerAccess),
                      "a peer's memory");
            }
        }
    }

    void iterate(int it, int batches) {
        int warm_up = std::min(STAGES - rank_, batches);
        int forwards = 0;
        int backwards = 0;
        while (backwards < batches) {
            if (forwards < batches && forwards - backwards < warm_up) {
                task(it, forwards++, 0);
            } else {
                task(it, backwards++, 1);
            }
        }
    }

    void report() {
        check(cudaStreamSynchronize(stream_), "the last work");
        std::printf("%d %ld %ld %ld\n", rank_, kernels_, copies_, ranges_);
        std::fflush(stdout);
        meet(shared_->closed);
    }

private:
    static void meet(std::atomic<int> &counter) {
        counter++;
        while (counter < STAGES) {
            sched_yield();
        }
    }

    void task(int it, int batch, int phase) {
        bool is_first = phase == 0 ? rank_ == 0 : rank_ == STAGES - 1;
        bool is_last = phase == 0 ? rank_ == STAGES - 1 : rank_ == 0;
        if (!is_first) {
            int wanted = ++received_[phase];
            while (shared_->arrived[rank_][phase] < wanted) {
                sched_yield();
            }
        }
        char label[96];
        std::snprintf(label, sizeof label, "it=%d stage=%d mb=%d phase=%s", it, rank_, batch, phase == 0 ? "F" : "B");
        nvtxRangePushA(label);
        for (int i = 0; i < KERNELS; i++) {
            if (phase == 0) {
                stage_forward<<<1, 128, 0, stream_>>>(work_, cycles_);
            } else {
                stage_backward<<<1, 128, 0, stream_>>>(work_, cycles_);
            }
            kernels_++;
        }
        nvtxRangePop();
        ranges_++;
        if (!is_last) {
            check(cudaMemcpyAsync(peer_[phase], work_, BYTES, cudaMemcpyDeviceToDevice, stream_), "a copy");
            copies_++;
        }
        check(cudaStreamSynchronize(stream_), "a task");
        if (!is_last) {
            shared_->arrived[rank_ + (phase == 0 ? 1 : -1)][phase]++;
        }
    }

    Shared *shared_;
    int rank_;
    long long cycles_;
    cudaStream_t stream_{};
    float *work_{};
    float *inbox_{};
    void *peer_[2]{};
    int received_[2]{};
    long kernels_ = 0;
    long copies_ = 0;
    long ranges_ = 0;
};

static int run(Shared *shared, int rank, int batches, int iterations, long long cycles) {
    setenv("RANK", std::to_string(rank).c_str(), 1);
    setenv("WORLD_SIZE", std::to_string(STAGES).c_str(), 1);
    Stage stage(shared, rank, cycles);
    for (int it = 0; it < iterations; it++) {
        stage.iterate(it, batches);
    }
    stage.report();
    return 0;
}

int main(int count, char **words) {
    int batches = count > 1 ? std::atoi(words[1]) : 8;
    int iterations = count > 2 ? std::atoi(words[2]) : 5;
    long long cycles = count > 3 ? std::atoll(words[3]) : 500000;
    void *memory = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        return 1;
    }
    Shared *shared = new (memory) Shared{};
    for (int rank = 0; rank < STAGES; rank++) {
        if (fork() == 0) {
            std::exit(run(shared, rank, batches, iterations, cycles));
        }
    }
    int failed = 0;
    for (int rank = 0; rank < STAGES; rank++) {
        int status = 0;
        wait(&status);
        failed |= status;
    }
    return failed != 0;
}
