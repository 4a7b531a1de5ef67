#include "records.h"

#include "calls.h"

#include <string.h>

/* A record in memory and how long it is: up to the next one, or the buffer's end. */
typedef struct {
    const uint8_t *at;
    size_t size;
} source;

static uint32_t u8_at(source s, size_t offset) {
    return s.at[offset];
}

static uint32_t u32_at(source s, size_t offset) {
    uint32_t value;
    memcpy(&value, s.at + offset, sizeof value);
    return value;
}

static uint64_t u64_at(source s, size_t offset) {
    uint64_t value;
    memcpy(&value, s.at + offset, sizeof value);
    return value;
}

static const char *text_at(source s, size_t offset) {
    const char *text;
    memcpy(&text, s.at + offset, sizeof text);
    return text;
}

/* Kernels and the like that had not run to their end when CUPTI was made to give them back. */
static bool is_incomplete(records *r, uint64_t start, uint64_t end) {
    if (start != 0 && end != 0) {
        return false;
    }
    r->counts[COUNT_DROPPED_INCOMPLETE]++;
    return true;
}

static void put_work_time(record_out *out, uint64_t start, uint64_t end) {
    put_from(out, start, out->to->last_work);
    put_from(out, end, start);
    out->to->last_work = start;
}

static void put_host_time(record_out *out, uint64_t start, uint64_t end) {
    put_from(out, start, out->to->last_host);
    put_from(out, end, start);
    out->to->last_host = start;
}

static void put_correlation(record_out *out, uint32_t correlation) {
    put_from(out, correlation, out->to->last_correlation);
    out->to->last_correlation = correlation;
}

static void put_thread(record_out *out, uint32_t thread) {
    put_from(out, thread, out->to->last_thread);
    out->to->last_thread = thread;
}

static void put_u32s(record_out *out, source s, size_t offset, int count) {
    for (int i = 0; i < count; i++) {
        put(out, u32_at(s, offset + 4 * (size_t)i));
    }
}

static void kernel(records *r, source s) {
    uint64_t start = u64_at(s, KERNEL_START);
    uint64_t end = u64_at(s, KERNEL_END);
    if (is_incomplete(r, start, end)) {
        return;
    }
    uint64_t name = strings_id(r->texts, r->to, text_at(s, KERNEL_NAME));
    record_out out = record_begin(r->to, TAG_KERNEL);
    put_work_time(&out, start, end);
    put_u32s(&out, s, KERNEL_DEVICE, 3);
    put_correlation(&out, u32_at(s, KERNEL_CORRELATION));
    put(&out, name);
    put_u32s(&out, s, KERNEL_GRID, 6);
    put_u32s(&out, s, KERNEL_STATIC_SHARED, 2);
    if (s.size >= KERNEL_GRAPH_SMALLEST && u64_at(s, KERNEL_GRAPH_NODE) != 0) {
        put(&out, u32_at(s, KERNEL_GRAPH));
        put(&out, u64_at(s, KERNEL_GRAPH_NODE));
    }
    record_end(&out);
    r->counts[COUNT_KERNELS]++;
}

static void copy(records *r, source s) {
    uint64_t start = u64_at(s, COPY_START);
    uint64_t end = u64_at(s, COPY_END);
    if (is_incomplete(r, start, end)) {
        return;
    }
    record_out out = record_begin(r->to, TAG_COPY);
    put_work_time(&out, start, end);
    put_u32s(&out, s, COPY_DEVICE, 3);
    put_correlation(&out, u32_at(s, COPY_CORRELATION));
    put(&out, u8_at(s, COPY_KIND));
    put(&out, u64_at(s, COPY_BYTES));
    put(&out, u8_at(s, COPY_SOURCE_KIND));
    put(&out, u8_at(s, COPY_TARGET_KIND));
    put(&out, u8_at(s, COPY_FLAGS));
    record_end(&out);
    r->counts[COUNT_COPIES]++;
}

static void peer_copy(records *r, source s) {
    uint64_t start = u64_at(s, COPY_START);
    uint64_t end = u64_at(s, COPY_END);
    if (is_incomplete(r, start, end)) {
        return;
    }
    record_out out = record_begin(r->to, TAG_PEER_COPY);
    put_work_time(&out, start, end);
    put_u32s(&out, s, COPY_DEVICE, 3);
    put_correlation(&out, u32_at(s, PEER_CORRELATION));
    put(&out, u32_at(s, PEER_SOURCE));
    put(&out, u32_at(s, PEER_TARGET));
    put(&out, u64_at(s, COPY_BYTES));
    record_end(&out);
    r->counts[COUNT_COPIES]++;
}

static void set_memory(records *r, source s) {
    uint64_t start = u64_at(s, MEMSET_START);
    uint64_t end = u64_at(s, MEMSET_END);
    if (is_incomplete(r, start, end)) {
        return;
    }
    record_out out = record_begin(r->to, TAG_MEMSET);
    put_work_time(&out, start, end);
    put_u32s(&out, s, MEMSET_DEVICE, 3);
    put_correlation(&out, u32_at(s, MEMSET_CORRELATION));
    put(&out, u64_at(s, MEMSET_BYTES));
    put(&out, u32_at(s, MEMSET_VALUE));
    record_end(&out);
    r->counts[COUNT_MEMSETS]++;
}

/* In whole-graph mode, one record stands for all kernels of a graph's launch. */
static void graph(records *r, source s) {
    uint64_t start = u64_at(s, GRAPH_START);
    uint64_t end = u64_at(s, GRAPH_END);
    if (is_incomplete(r, start, end)) {
        return;
    }
    record_out out = record_begin(r->to, TAG_GRAPH);
    put_work_time(&out, start, end);
    put(&out, u32_at(s, GRAPH_DEVICE));
    put(&out, u32_at(s, GRAPH_CONTEXT));
    put(&out, u32_at(s, GRAPH_STREAM));
    put_correlation(&out, u32_at(s, GRAPH_CORRELATION));
    put(&out, u32_at(s, GRAPH_ID));
    record_end(&out);
    r->counts[COUNT_GRAPHS]++;
}

/* Writes the name of a call the first time it comes. */
static void name_call(records *r, bool runtime, uint32_t id) {
    if (id >= CALL_NAMES || (r->named[runtime][id / 8] & 1 << id % 8) != 0) {
        return;
    }
    r->named[runtime][id / 8] |= (uint8_t)(1 << id % 8);
    const char *name = NULL;
    int domain = runtime ? CUPTI_DOMAIN_RUNTIME : CUPTI_DOMAIN_DRIVER;
    if (r->api->callback_name != NULL && r->api->callback_name(domain, id, &name) == CUPTI_OK && name != NULL) {
        chunks_put_text(r->to, TAG_CALL_NAME, (uint64_t)id << 1 | runtime, name, strnlen(name, LONGEST_TEXT));
    }
}

static void call(records *r, source s, bool runtime) {
    uint32_t id = u32_at(s, CALL_CBID);
    if (!r->chatty_calls && call_is_chatty(runtime, id)) {
        r->counts[COUNT_CHATTY_CALLS]++;
        return;
    }
    name_call(r, runtime, id);
    record_out out = record_begin(r->to, TAG_CALL);
    put(&out, (uint64_t)id << 1 | runtime);
    put_host_time(&out, u64_at(s, CALL_START), u64_at(s, CALL_END));
    put_thread(&out, u32_at(s, CALL_THREAD));
    put_correlation(&out, u32_at(s, CALL_CORRELATION));
    put(&out, u32_at(s, CALL_RETURN));
    record_end(&out);
    r->counts[COUNT_CALLS]++;
}

static void synchronization(records *r, source s) {
    record_out out = record_begin(r->to, TAG_SYNCHRONIZATION);
    put(&out, u32_at(s, SYNC_TYPE));
    put_host_time(&out, u64_at(s, SYNC_START), u64_at(s, SYNC_END));
    put_correlation(&out, u32_at(s, SYNC_CORRELATION));
    put_u32s(&out, s, SYNC_CONTEXT, 3);
    record_end(&out);
    r->counts[COUNT_SYNCHRONIZATIONS]++;
}

static void marker(records *r, source s) {
    uint64_t name = strings_id(r->texts, r->to, text_at(s, MARKER_NAME));
    bool has_domain = s.size >= MARKER_DOMAIN + sizeof(char *);
    uint64_t domain = has_domain ? strings_id(r->texts, r->to, text_at(s, MARKER_DOMAIN)) : 0;
    record_out out = record_begin(r->to, TAG_MARKER);
    put(&out, u32_at(s, MARKER_FLAGS));
    put_host_time(&out, u64_at(s, MARKER_TIME), u64_at(s, MARKER_TIME));
    put(&out, u32_at(s, MARKER_ID));
    put_thread(&out, u32_at(s, MARKER_OBJECT + OBJECT_THREAD));
    put(&out, name);
    put(&out, domain);
    record_end(&out);
    r->counts[COUNT_MARKERS]++;
}

static void span(records *r, source s) {
    record_out out = record_begin(r->to, TAG_SPAN);
    put(&out, u32_at(s, EXTERNAL_KIND));
    put(&out, u64_at(s, EXTERNAL_ID));
    put_correlation(&out, u32_at(s, EXTERNAL_CORRELATION));
    record_end(&out);
    r->counts[COUNT_SPANS]++;
}

static void overhead(records *r, source s) {
    record_out out = record_begin(r->to, TAG_OVERHEAD);
    put(&out, u32_at(s, OVERHEAD_KIND));
    put_host_time(&out, u64_at(s, OVERHEAD_START), u64_at(s, OVERHEAD_END));
    put_thread(&out, u32_at(s, OVERHEAD_OBJECT + OBJECT_THREAD));
    record_end(&out);
    r->counts[COUNT_OVERHEADS]++;
}

static void device(records *r, source s) {
    uint64_t name = strings_id(r->texts, r->to, text_at(s, DEVICE_NAME));
    record_out out = record_begin(r->to, TAG_DEVICE);
    put(&out, u32_at(s, DEVICE_ID));
    memcpy(out.at, s.at + DEVICE_UUID, 16);
    out.at += 16;
    put(&out, name);
    put(&out, u64_at(s, DEVICE_MEMORY));
    put(&out, u64_at(s, DEVICE_BANDWIDTH));
    put(&out, u32_at(s, DEVICE_MULTIPROCESSORS));
    put(&out, u32_at(s, DEVICE_MAJOR));
    put(&out, u32_at(s, DEVICE_MINOR));
    record_end(&out);
    r->counts[COUNT_DEVICES]++;
}

static void memory(records *r, source s) {
    record_out out = record_begin(r->to, TAG_MEMORY);
    put(&out, u32_at(s, MEMORY_OPERATION));
    put(&out, u32_at(s, MEMORY_KIND));
    put_host_time(&out, u64_at(s, MEMORY_TIME), u64_at(s, MEMORY_TIME));
    put(&out, u64_at(s, MEMORY_ADDRESS));
    put(&out, u64_at(s, MEMORY_BYTES));
    put_u32s(&out, s, MEMORY_DEVICE, 3);
    put_correlation(&out, u32_at(s, MEMORY_CORRELATION));
    record_end(&out);
    r->counts[COUNT_MEMORY]++;
}

static void runtime_call(records *r, source s) {
    call(r, s, true);
}

static void driver_call(records *r, source s) {
    call(r, s, false);
}

typedef struct {
    size_t smallest; /* 0: a kind that nobody asked for */
    void (*write)(records *, source);
} writer_of_kind;

static const writer_of_kind WRITERS[] = {
    [KIND_MEMCPY] = {COPY_SMALLEST, copy},
    [KIND_MEMSET] = {MEMSET_SMALLEST, set_memory},
    [KIND_DRIVER] = {CALL_SMALLEST, driver_call},
    [KIND_RUNTIME] = {CALL_SMALLEST, runtime_call},
    [KIND_DEVICE] = {DEVICE_SMALLEST, device},
    [KIND_CONCURRENT_KERNEL] = {KERNEL_SMALLEST, kernel},
    [KIND_MARKER] = {MARKER_SMALLEST, marker},
    [KIND_OVERHEAD] = {OVERHEAD_SMALLEST, overhead},
    [KIND_MEMCPY2] = {PEER_SMALLEST, peer_copy},
    [KIND_SYNCHRONIZATION] = {SYNC_SMALLEST, synchronization},
    [KIND_EXTERNAL_CORRELATION] = {EXTERNAL_SMALLEST, span},
    [KIND_MEMORY2] = {MEMORY_SMALLEST, memory},
    [KIND_GRAPH_TRACE] = {GRAPH_SMALLEST, graph},
};

static void record(records *r, source s) {
    uint32_t kind = s.size < 4 ? 0 : u32_at(s, 0);
    if (kind >= sizeof WRITERS / sizeof *WRITERS || WRITERS[kind].smallest == 0) {
        r->counts[COUNT_UNKNOWN_KINDS]++;
    } else if (s.size < WRITERS[kind].smallest) {
        r->counts[COUNT_DROPPED_MALFORMED]++;
    } else {
        WRITERS[kind].write(r, s);
    }
}

void records_write(records *r, uint8_t *data, size_t valid) {
    uint8_t *next = NULL;
    int result = valid == 0 ? CUPTI_LIMIT_REACHED : r->api->next_record(data, valid, &next);
    while (result == CUPTI_OK && next >= data && next < data + valid) {
        uint8_t *at = next;
        result = r->api->next_record(data, valid, &next);
        bool is_last = result != CUPTI_OK || next <= at || next > data + valid;
        record(r, (source){at, (size_t)((is_last ? data + valid : next) - at)});
        if (result == CUPTI_OK && is_last) {
            result = CUPTI_INVALID_KIND;
        }
    }
    if (result != CUPTI_LIMIT_REACHED) {
        r->counts[COUNT_DROPPED_MALFORMED]++;
    }
}

uint64_t records_count(const cupti *api, uint8_t *data, size_t valid) {
    uint64_t count = 0;
    uint8_t *next = NULL;
    uint8_t *last = NULL;
    while (valid > 0 && api->next_record(data, valid, &next) == CUPTI_OK && next > last) {
        count++;
        last = next;
    }
    return count;
}
