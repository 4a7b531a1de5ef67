package io.github.bubbletrace.format.sqlite;

import java.util.ArrayList;
import java.util.List;

/** Splits the text of a CREATE TABLE into words, quoted names and single signs; comments are left out. */
final class SqlTokens {

    /**
     * One token.
     *
     * @param text the word or sign, or what stood between the quotes
     * @param isQuoted whether it was quoted, and so is no keyword
     */
    record Token(String text, boolean isQuoted) {

        boolean is(String word) {
            return !isQuoted && text.equalsIgnoreCase(word);
        }
    }

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private SqlTokens(String sql) {
        this.sql = sql;
    }

    static List<Token> of(String sql) {
        SqlTokens tokens = new SqlTokens(sql);
        while (tokens.at < sql.length()) {
            tokens.next();
        }
        return tokens.tokens;
    }

    private void next() {
        char c = sql.charAt(at);
        if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
            at++;
        } else if (sql.startsWith("--", at)) {
            skipPast("\n");
        } else if (sql.startsWith("/*", at)) {
            skipPast("*/");
        } else if (c == '"' || c == '`' || c == '\'' || c == '[') {
            quoted(c == '[' ? ']' : c);
        } else if (isWord(c)) {
            word();
        } else {
            DoubtException.unless(c > ' ' && c < 127, "sign in a schema");
            tokens.add(new Token(String.valueOf(c), false));
            at++;
        }
    }

    private void skipPast(String end) {
        int found = sql.indexOf(end, at);
        at = found < 0 ? sql.length() : found + end.length();
    }

    private void quoted(char end) {
        int close = sql.indexOf(end, at + 1);
        DoubtException.unless(close > 0 && !sql.startsWith(String.valueOf(end), close + 1), "quotes in a schema");
        tokens.add(new Token(sql.substring(at + 1, close), true));
        at = close + 1;
    }

    private void word() {
        int start = at;
        while (at < sql.length() && isWord(sql.charAt(at))) {
            at++;
        }
        tokens.add(new Token(sql.substring(start, at), false));
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}
