package io.github.bubbletrace.analysis;

import java.util.List;

/**
 * What one input file holds.
 *
 * @param path the file as the user named it
 * @param fingerprint digest of its content ({@link io.github.bubbletrace.format.Fingerprint}), or null
 * @param format format key, as {@code nsys-sqlite}
 * @param producer version of the tool that wrote it, or null
 * @param schema schema version of the export, or null
 * @param ranks ranks in the file, ascending
 * @param gpus how many GPUs were active
 * @param kernels compute and communication kernels
 * @param copies all memory copies
 * @param p2p point-to-point kernels among the kernels
 * @param collectives collective kernels among the kernels
 * @param ranges NVTX ranges
 * @param apiCalls CUDA API calls
 * @param unmatchedKernels kernels whose API call is not in the file
 * @param labelledRanges ranges that name a phase and a micro-batch
 * @param clockOffsetNs what was added to the file's times to align it with the earliest file, in nanoseconds
 * @param clockErrorNs bound of that alignment's error, in nanoseconds
 * @param missing what the file lacks that an analysis would have used, one phrase each
 */
public record InputSummary(
        String path,
        String fingerprint,
        String format,
        String producer,
        String schema,
        List<Integer> ranks,
        int gpus,
        long kernels,
        long copies,
        long p2p,
        long collectives,
        long ranges,
        long apiCalls,
        long unmatchedKernels,
        long labelledRanges,
        long clockOffsetNs,
        long clockErrorNs,
        List<String> missing) {

    /** The same under another path. */
    public InputSummary withPath(String newPath) {
        return new InputSummary(
                newPath,
                fingerprint,
                format,
                producer,
                schema,
                ranks,
                gpus,
                kernels,
                copies,
                p2p,
                collectives,
                ranges,
                apiCalls,
                unmatchedKernels,
                labelledRanges,
                clockOffsetNs,
                clockErrorNs,
                missing);
    }
}
