package io.github.bubbletrace.format.chrome;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** What a file says of its job outside the list of events. */
final class JobInfo {

    private final Groups groups;
    private long epochNs;
    private int rank = -1;
    private int worldSize = -1;
    private String schema;

    /** Nothing said yet; groups of ranks go to {@code groups}. */
    JobInfo(Groups groups) {
        this.groups = groups;
    }

    /** UTC at time 0 of the file's clock, where it has such an origin, else 0. */
    long epochNs() {
        return epochNs;
    }

    /** The rank of the file's process, or -1. */
    int rank() {
        return rank;
    }

    /** How many ranks the job has, or -1. */
    int worldSize() {
        return worldSize;
    }

    /** Version of the file's schema, or null. */
    String schema() {
        return schema;
    }

    /** Reads the field {@code key}, whose value was just begun; unknown ones are passed over. */
    void read(JsonParser json, String key) throws IOException {
        switch (key) {
            case "distributedInfo" -> readJob(json);
            case "baseTimeNanoseconds" -> epochNs = Math.max(0, json.getValueAsLong());
            case "schemaVersion" -> schema = json.getValueAsString();
            default -> {}
        }
        json.skipChildren();
    }

    private void readJob(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            switch (key) {
                case "rank" -> rank = json.getValueAsInt(-1);
                case "world_size" -> worldSize = json.getValueAsInt(-1);
                case "pg_config" -> readGroups(json, value);
                default -> {}
            }
            json.skipChildren();
        }
    }

    private void readGroups(JsonParser json, JsonToken value) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            return;
        }
        for (JsonToken token = json.nextToken();
                token != JsonToken.END_ARRAY && token != null;
                token = json.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                readGroup(json);
            } else {
                json.skipChildren();
            }
        }
    }

    private void readGroup(JsonParser json) throws IOException {
        String name = "";
        String description = "";
        String ranks = "";
        int size = -1;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            boolean list = json.nextToken() == JsonToken.START_ARRAY;
            switch (key) {
                case "pg_name" -> name = json.getValueAsString("");
                case "pg_desc" -> description = json.getValueAsString("");
                case "pg_size" -> size = json.getValueAsInt(-1);
                case "ranks" -> ranks = list ? JsonLists.numbers(json) : json.getValueAsString("");
                default -> {}
            }
            json.skipChildren();
        }
        groups.list(name, description, size, ranks);
    }
}
