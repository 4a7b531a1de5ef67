package io.github.bubbletrace.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.format.chrome.ChromeReader;
import io.github.bubbletrace.format.spans.SpanCsvReader;
import io.github.bubbletrace.trace.Communicator;
import io.github.bubbletrace.trace.CopyTable;
import io.github.bubbletrace.trace.Message;
import io.github.bubbletrace.trace.MessageTable;
import io.github.bubbletrace.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What traces say of communications beyond their times is kept: group, peer and bytes. */
class MessagesTest {

    private static final String GROUPS = "{\"distributedInfo\": {\"rank\": 2, \"world_size\": 8, \"pg_config\": ["
            + "{\"pg_name\": \"7\", \"pg_desc\": \"pp\", \"backend_config\": {\"cuda\": [\"nccl\"]}, \"pg_size\": 4,"
            + " \"ranks\": [0, 2, 4, 6]}, {\"pg_name\": \"0\", \"ranks\": \"[0, 1, ..., 7]\"}, 5]},"
            + " \"traceEvents\": [\n";

    @TempDir
    private Path folder;

    @Test
    void sendsAndReceivesNameTheirPeerAndGroup() throws IOException {
        MessageTable messages = read(GROUPS
                        + kernel(
                                5,
                                "\"Collective name\": \"send\", \"In msg nelems\": 100, \"Out msg nelems\": 100,"
                                        + " \"dtype\": \"BFloat16\", \"Process Group Name\": \"7\", \"Dst Rank\": 4")
                        + kernel(1, "\"correlation\": 1")
                        + kernel(
                                3,
                                "\"Collective name\": \"recv\", \"In msg nelems\": 7, \"Out msg nelems\": 9,"
                                        + " \"dtype\": \"Float\", \"Process Group Name\": \"7\", \"Src Rank\": 0,"
                                        + " \"Process Group Ranks\": \"[0, 2, 4, 6]\""))
                .messages();
        assertThat(messages.size()).isEqualTo(2);
        int send = messages.ofKernel(0);
        int receive = messages.ofKernel(2);
        assertThat(messages.ofKernel(1)).isEqualTo(-1);
        assertThat(messages.kind(send)).isEqualTo(Message.Kind.SEND);
        assertThat(messages.bytes(send)).isEqualTo(200);
        assertThat(messages.peer(send)).isEqualTo(4);
        assertThat(messages.member(send)).isEqualTo(2);
        assertThat(messages.kind(receive)).isEqualTo(Message.Kind.RECV);
        assertThat(messages.bytes(receive)).isEqualTo(36);
        assertThat(messages.peer(receive)).isZero();
        assertThat(messages.communicator(receive)).isEqualTo(messages.communicator(send));
        assertThat(messages.communicators().get(messages.communicator(send)))
                .isEqualTo(new Communicator("7", "pp", 4, List.of(0, 2, 4, 6)));
    }

    @Test
    void copiesSayHowMuchTheyMove() throws IOException {
        String copy =
                "{\"ph\": \"X\", \"cat\": \"gpu_memcpy\", \"name\": \"Memcpy PtoP (Device -> Device)\", \"pid\": 0,"
                        + " \"tid\": 7, \"ts\": %d, \"dur\": 1, \"args\": {\"device\": 0, \"stream\": 7, \"fromDevice\": 0, \"toDevice\": 1,"
                        + " \"bytes\": %s}},";
        CopyTable copies = read(GROUPS
                        + copy.formatted(1, "5000000000")
                        + copy.formatted(2, "\"many\"")
                        + copy.formatted(3, "-4")
                        + copy.formatted(4, "9e300"))
                .copies();
        assertThat(IntStream.range(0, copies.size()).mapToLong(copies::bytes))
                .containsExactly(5_000_000_000L, -1L, -1L, -1L);
    }

    @Test
    void collectivesAndWhatIsNotSaid() throws IOException {
        MessageTable messages = read(GROUPS
                        + kernel(
                                0,
                                "\"Collective name\": \"allreduce\", \"In msg nelems\": 5000000000, \"dtype\":"
                                        + " \"Double\", \"Process Group Name\": \"0\", \"Group size\": 8, \"Out msg nelems\": 2")
                        + kernel(
                                1,
                                "\"Collective name\": \"send\", \"dtype\": \"Float3\", \"In msg nelems\": 3,"
                                        + " \"Process Group Name\": \"9\", \"Process Group Ranks\": [3, 5], \"Dst Rank\": 5")
                        + kernel(2, "\"Collective name\": \"\", \"In msg nelems\": -4, \"dtype\": \"Int\"")
                        + kernel(
                                3,
                                "\"Collective name\": \"recv\", \"Process Group Ranks\": [3, [5]],"
                                        + " \"Process Group Name\": \"9\", \"Src Rank\": \"x\""))
                .messages();
        assertThat(messages.kind(0)).isEqualTo(Message.Kind.COLLECTIVE);
        assertThat(messages.bytes(0)).isEqualTo(40_000_000_000L);
        assertThat(messages.communicators().get(messages.communicator(0)))
                .isEqualTo(new Communicator("0", "", 8, List.of()));
        assertThat(messages.bytes(1)).isEqualTo(-1);
        assertThat(messages.member(1)).isEqualTo(1);
        assertThat(messages.kind(2)).isEqualTo(Message.Kind.UNKNOWN);
        assertThat(messages.bytes(2)).isEqualTo(-1);
        assertThat(messages.communicator(2)).isEqualTo(-1);
        assertThat(messages.peer(3)).isEqualTo(-1);
        assertThat(messages.communicators().get(messages.communicator(3)).ranks())
                .isEmpty();
    }

    @Test
    void bytesOfSpansAreKept() throws IOException {
        Path file = Files.writeString(folder.resolve("x"), """
                rank,stage,step,optype,start_us,duration_us,mb,bytes
                1,1,0,forward,50,10,0,
                0,0,0,forward,10,10,0,
                0,0,0,forward-send,20,10,0,5000000000
                """);
        Trace csv = new SpanCsvReader(null).read(file);
        assertThat(csv.messages().size()).isOne();
        int range = 1;
        assertThat(csv.strings().get(csv.ranges().text(range))).startsWith("send_forward");
        int row = csv.messages().ofRange(range);
        assertThat(csv.messages().bytes(row)).isEqualTo(5_000_000_000L);
        assertThat(csv.messages().kind(row)).isEqualTo(Message.Kind.SEND);
        assertThat(csv.messages().ofRange(0)).isEqualTo(-1);
        Trace chrome = new ChromeReader()
                .read(Files.writeString(
                        folder.resolve("y"),
                        "[{\"ph\": \"B\", \"name\": \"forward_send\", \"pid\": 1, \"tid\": 1, \"ts\": 1, \"args\":"
                                + " {\"mb\": 0, \"bytes\": 5000000000}}, {\"ph\": \"E\", \"pid\": 1, \"tid\": 1,"
                                + " \"ts\": 2}]"));
        assertThat(chrome.messages().bytes(chrome.messages().ofRange(0))).isEqualTo(5_000_000_000L);
    }

    private Trace read(String text) throws IOException {
        return new ChromeReader()
                .read(Files.writeString(folder.resolve("x"), text.strip().replaceAll(",$", "") + "]}"));
    }

    private static String kernel(int startUs, String arguments) {
        return "{\"ph\": \"X\", \"cat\": \"kernel\", \"name\": \"ncclDevKernel_SendRecv\", \"pid\": 0, \"tid\": 7,"
                + " \"ts\": " + startUs + ", \"dur\": 1, \"args\": {" + arguments + "}},\n";
    }
}
