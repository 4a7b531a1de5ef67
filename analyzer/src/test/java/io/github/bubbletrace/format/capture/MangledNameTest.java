package io.github.bubbletrace.format.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MangledNameTest {

    @ParameterizedTest
    @CsvSource({
        "gemm, gemm",
        "_Z3foov, foo",
        "_Z22ncclDevKernel_SendRecv24ncclDevKernelArgsStorageILm4096EE, ncclDevKernel_SendRecv",
        "_ZN4vllm26cross_device_reduce_2stageI13__nv_bfloat16Li8EEEvPNS_8RankDataENS_11RankSignalsEPNS_6SignalEPT_ii,"
                + " vllm::cross_device_reduce_2stage",
        "_ZN7deep_ep9intranode8dispatchILi8ELi768ELi8192EEEvPvPfPi, deep_ep::intranode::dispatch",
        "_ZN2at6native29vectorized_elementwise_kernelILi4ENS0_11FillFunctorIfEESt5arrayIPcLm1EEEEviT0_T1_,"
                + " at::native::vectorized_elementwise_kernel",
        "_ZN7cutlass6KernelI64cutlass_80_tensorop_bf16_s16816gemm_relu_bf16_128x64_64x4_tn_al8EEvNT_6ParamsE,"
                + " cutlass::Kernel",
        "_ZN12_GLOBAL__N_15adamWEPf, (anonymous namespace)::adamW",
        "_ZL6helperi, helper",
        "_ZN3foo3barIXsrSt7is_sameIifE5valueEEEvv, foo::bar",
        "_Z, _Z",
        "_Z99short, _Z99short",
        "_ZN1aI, _ZN1aI",
    })
    void namesLoseTheirTypes(String mangled, String plain) {
        assertThat(MangledName.plain(mangled)).isEqualTo(plain);
    }

    @Test
    void anyTextEndsInAName() {
        Random random = new Random(1);
        String letters = "_ZNIELXJSTt0123456789abKv";
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (int i = 0; i < 100_000; i++) {
                StringBuilder name = new StringBuilder("_Z");
                for (int c = random.nextInt(40); c > 0; c--) {
                    name.append(letters.charAt(random.nextInt(letters.length())));
                }
                assertThat(MangledName.plain(name.toString())).isNotEmpty();
            }
            assertThat(MangledName.plain("_ZN1a" + "I".repeat(100_000))).startsWith("_Z");
        });
    }
}
