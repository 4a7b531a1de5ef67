// A plain CUDA job: many kernels of a known length, which it times itself with CUDA events.
//
// usage: launches COUNT CYCLES     COUNT launches of a kernel that spins for CYCLES clock cycles (0: an empty one)
//
// Prints: launches, milliseconds by the host's clock, milliseconds by CUDA events.
#include <cuda_runtime.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

static void check(cudaError_t result, const char *what) {
    if (result != cudaSuccess) {
        std::fprintf(stderr, "launches: %s: %s\n", what, cudaGetErrorString(result));
        std::exit(1);
    }
}

__global__ void spin(long long cycles) {
    long long start = clock64();
    while (clock64() - start < cycles) {
    }
}

int main(int count, char **words) {
    long launches = count > 1 ? std::atol(words[1]) : 1000;
    long long cycles = count > 2 ? std::atoll(words[2]) : 0;
    cudaEvent_t begin;
    cudaEvent_t end;
    check(cudaEventCreate(&begin), "an event");
    check(cudaEventCreate(&end), "an event");
    spin<<<1, 32>>>(cycles);
    check(cudaDeviceSynchronize(), "the first kernel");
    auto before = std::chrono::steady_clock::now();
    check(cudaEventRecord(begin), "recording an event");
    for (long i = 0; i < launches; i++) {
        spin<<<1, 32>>>(cycles);
    }
    check(cudaEventRecord(end), "recording an event");
    check(cudaDeviceSynchronize(), "the kernels");
    std::chrono::duration<double, std::milli> host = std::chrono::steady_clock::now() - before;
    float device = 0;
    check(cudaEventElapsedTime(&device, begin, end), "the events' time");
    std::printf("%ld %.3f %.3f\n", launches, host.count(), device);
    return 0;
}
