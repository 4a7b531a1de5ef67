package io.github.bubbletrace.format.sqlite;

import io.github.bubbletrace.format.sqlite.SqlTokens.Token;
import io.github.bubbletrace.format.sqlite.TableSchema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the columns out of a CREATE TABLE; any clause that could change how rows are kept is doubted. */
final class CreateTable {

    private static final Set<String> TABLE_CONSTRAINTS = Set.of("constraint", "unique", "check", "foreign");
    private static final Set<String> CONSTRAINTS =
            Set.of("constraint", "not", "null", "primary", "unique", "check", "default", "collate", "references", "on");

    private CreateTable() {}

    /** The columns of the table called {@code name} that {@code sql} makes, in their order. */
    static List<Column> columns(String name, String sql) {
        List<Token> tokens = SqlTokens.of(sql);
        DoubtException.unless(
                tokens.size() > 5
                        && tokens.get(0).is("create")
                        && tokens.get(1).is("table")
                        && tokens.get(2).text().equals(name)
                        && tokens.get(3).is("("),
                "no plain table");
        List<Column> columns = new ArrayList<>();
        int at = 4;
        while (at < tokens.size()) {
            int end = endOfClause(tokens, at);
            add(tokens.subList(at, end), columns);
            at = end + 1;
            if (tokens.get(end).is(")")) {
                break;
            }
        }
        DoubtException.unless(at == tokens.size(), "table with options");
        return columns;
    }

    /** The comma or the bracket that ends the clause which begins at {@code at}. */
    private static int endOfClause(List<Token> tokens, int at) {
        int depth = 0;
        for (int i = at; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (depth == 0 && (token.is(",") || token.is(")"))) {
                return i;
            }
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
        }
        throw new DoubtException("brackets in a schema");
    }

    private static void add(List<Token> clause, List<Column> columns) {
        DoubtException.unless(!clause.isEmpty(), "empty clause");
        Token first = clause.get(0);
        DoubtException.unless(!first.is("primary"), "primary key of its own");
        if (first.isQuoted() || !TABLE_CONSTRAINTS.contains(first.text().toLowerCase(Locale.ROOT))) {
            columns.add(column(first.text(), clause.subList(1, clause.size())));
        } else {
            DoubtException.unless(!has(clause, "primary"), "primary key of its own");
        }
    }

    private static Column column(String name, List<Token> clause) {
        DoubtException.unless(!has(clause, "generated") && !has(clause, "as"), "generated column");
        String type = type(clause);
        boolean isRowid = type.equals("integer") && has(clause, "primary");
        DoubtException.unless(!isRowid || !has(clause, "desc"), "descending key");
        boolean isReal = type.contains("real") || type.contains("floa") || type.contains("doub");
        return new Column(name.toLowerCase(Locale.ROOT), isRowid, isReal, has(clause, "default"));
    }

    private static String type(List<Token> clause) {
        StringBuilder type = new StringBuilder();
        for (Token token : clause) {
            String word = token.text().toLowerCase(Locale.ROOT);
            if (!token.isQuoted() && CONSTRAINTS.contains(word)) {
                break;
            }
            type.append(word);
        }
        return type.toString();
    }

    private static boolean has(List<Token> clause, String word) {
        return clause.stream().anyMatch(token -> token.is(word));
    }
}
