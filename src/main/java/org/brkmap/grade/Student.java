package org.brkmap.grade;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One row of the roster. Immutable.
 *
 * @param id what the course calls the student: the first of the roster's id columns that is filled
 * @param name as people write it; empty if the roster has none
 * @param columns what the roster says besides, by {@link Column}
 */
public record Student(String id, String name, Map<Column, String> columns) {
    private static final int LONGEST = 40;

    public Student {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** What a roster may say of a student, with the names that its header may have. */
    public enum Column {
        ID("id|student id|student_id|idnumber|id number|sid|identifier"),
        SIS_ID("sis user id|sis_id"),
        LOGIN("login|username|sis login id|user|uid"),
        EMAIL("email|email address|e-mail|mail"),
        CANVAS_ID("canvas id|canvas_id"),
        GITHUB("github|github_username|github username"),
        SECTION("section|sections|group|groups"),
        NAME("name|student|full name|fullname"),
        FIRST("first name|firstname|given name"),
        LAST("last name|lastname|surname|family name");

        private final String headers;

        Column(String headers) {
            this.headers = headers;
        }

        static @Nullable Column of(String header) {
            for (Column column : values()) {
                for (String name : column.headers.split("\\|", -1)) {
                    if (name.equalsIgnoreCase(header.strip())) {
                        return column;
                    }
                }
            }
            return null;
        }
    }

    /** What the roster says in a column; empty if it says nothing. */
    public String column(Column column) {
        return columns.getOrDefault(column, "");
    }

    /** A name for files of this student, without an ending: the id as far as it is plain, and a hash that keeps two apart. */
    public String fileName() {
        String plain = id.replaceAll("[^A-Za-z0-9@.-]", "-").replaceAll("^[.-]+", "");
        String hash = Hash.sha256(id.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
        return (plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain) + "-" + hash;
    }

    /** By which words a file may be known to be this student's. */
    Stream<String> names() {
        return Stream.concat(
                Stream.of(id),
                Stream.of(Column.ID, Column.SIS_ID, Column.LOGIN, Column.EMAIL, Column.CANVAS_ID, Column.GITHUB)
                        .map(this::column)
                        .filter(text -> !text.isEmpty()));
    }
}
