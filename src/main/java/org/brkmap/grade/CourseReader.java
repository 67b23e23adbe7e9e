package org.brkmap.grade;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.grade.PropertyLines.Value;
import org.jspecify.annotations.Nullable;

/** Understands the lines of course.properties, and tells of all that it does not understand at once. For one file. */
final class CourseReader {
    private static final Pattern LAB_KEY = Pattern.compile("([a-z][a-z0-9-]*)\\.([a-z]+)(?:\\.(.+))?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,6})?");
    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,6}) ?(minutes?|hours?|days?)");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final String file;
    private final List<String> problems = new ArrayList<>();
    private String title = "";
    private Course.Attempts attempts = Course.Attempts.LATEST;
    private Duration grace = Duration.ZERO;
    private BigDecimal perDay = BigDecimal.ZERO;
    private BigDecimal most = HUNDRED;
    private @Nullable Duration accept;
    private final Map<String, Draft> labs = new LinkedHashMap<>();

    /** A lab's rules as far as they are read. */
    private static final class Draft {
        private BigDecimal weight = BigDecimal.ONE;
        private @Nullable BigDecimal max;
        private @Nullable Instant deadline;
        private @Nullable String version;
        private boolean partial = true;
        private @Nullable String hidden;
        private @Nullable String column;
        private final Map<String, BigDecimal> points = new LinkedHashMap<>();
        private final Map<String, LabRules.Extension> extensions = new LinkedHashMap<>();
        private final Map<String, LabRules.ByHand> overrides = new LinkedHashMap<>();

        LabRules rules() {
            return new LabRules(weight, max, deadline, version, partial, hidden, column, points, extensions, overrides);
        }
    }

    /** A value that is not of its key's form; the message says what the form is. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String form) {
            super(form);
        }
    }

    CourseReader(String file) {
        this.file = file;
    }

    Course read(Map<String, Value> lines) throws GradeException {
        lines.forEach((key, value) -> {
            try {
                if (!general(key, value.text())) {
                    ofLab(key, value.text());
                }
            } catch (Malformed e) {
                problems.add(file + ":" + value.line() + ": " + key + ": " + e.getMessage());
            }
        });
        if (!problems.isEmpty()) {
            throw new GradeException(String.join("\n", problems));
        }
        Map<String, LabRules> rules = new LinkedHashMap<>();
        labs.forEach((lab, draft) -> rules.put(lab, draft.rules()));
        return new Course(title, attempts, new LatePolicy(grace, perDay, most, accept), rules);
    }

    private boolean general(String key, String value) throws Malformed {
        switch (key) {
            case "course" -> title = value;
            case "attempts" -> attempts = attempts(value);
            case "late.grace" -> grace = length(value);
            case "late.per-day" -> perDay = percent(value);
            case "late.most" -> most = percent(value);
            case "late.accept" -> accept = length(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void ofLab(String key, String value) throws Malformed {
        Matcher parts = LAB_KEY.matcher(key);
        if (!parts.matches() || parts.group(1).equals("late")) {
            throw unknown();
        }
        Draft lab = labs.computeIfAbsent(parts.group(1), id -> new Draft());
        String what = parts.group(2);
        String whom = parts.group(3);
        if (whom == null) {
            switch (what) {
                case "weight" -> lab.weight = number(value);
                case "max" -> lab.max = number(value);
                case "deadline" -> lab.deadline = time(value);
                case "version" -> lab.version = filled(value);
                case "partial" -> lab.partial = flag(value);
                case "hidden" -> lab.hidden = filled(value);
                case "column" -> lab.column = filled(value);
                default -> throw unknown();
            }
            return;
        }
        switch (what) {
            case "points" -> lab.points.put(whom, number(value));
            case "extension" -> {
                String[] reasoned = reasoned(value);
                lab.extensions.put(whom, new LabRules.Extension(time(reasoned[0]), reasoned[1]));
            }
            case "override" -> {
                String[] reasoned = reasoned(value);
                lab.overrides.put(whom, new LabRules.ByHand(number(reasoned[0]), reasoned[1]));
            }
            default -> throw unknown();
        }
    }

    private static Malformed unknown() {
        return new Malformed(
                "unknown key. There are: course, attempts, late.grace, late.per-day, late.most, late.accept; "
                        + "and for a lab LAB.weight, .max, .deadline, .version, .partial, .hidden, .column, .points.EXERCISE, "
                        + ".extension.STUDENT, .override.STUDENT, .override.STUDENT/EXERCISE");
    }

    private static Course.Attempts attempts(String value) throws Malformed {
        return Arrays.stream(Course.Attempts.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> new Malformed("is \"" + value + "\"; it is latest, best or first"));
    }

    private static boolean flag(String value) throws Malformed {
        return switch (value) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new Malformed("is \"" + value + "\"; it is yes or no");
        };
    }

    private static String filled(String value) throws Malformed {
        if (value.isEmpty()) {
            throw new Malformed("has no value; take the line out if nothing is meant");
        }
        return value;
    }

    private static BigDecimal number(String value) throws Malformed {
        if (!NUMBER.matcher(value).matches()) {
            throw new Malformed("is \"" + value + "\"; it is a number such as 12 or 2.5");
        }
        return new BigDecimal(value);
    }

    private static BigDecimal percent(String value) throws Malformed {
        BigDecimal number = number(value);
        if (number.compareTo(HUNDRED) > 0) {
            throw new Malformed("is \"" + value + "\"; it is percent, from 0 to 100");
        }
        return number;
    }

    private static Duration length(String value) throws Malformed {
        Matcher length = LENGTH.matcher(value);
        if (!length.matches()) {
            throw new Malformed("is \"" + value + "\"; it is a length such as 15 minutes, 36 hours or 7 days");
        }
        long count = Long.parseLong(length.group(1));
        return switch (length.group(2).charAt(0)) {
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private static Instant time(String value) throws Malformed {
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw new Malformed(
                    "is \"" + value + "\"; it is a time with its zone's offset, such as 2026-11-21T23:59:00+01:00");
        }
    }

    private static String[] reasoned(String value) throws Malformed {
        int sign = value.indexOf(';');
        if (sign < 0 || value.substring(sign + 1).isBlank()) {
            throw new Malformed("has no reason; write it behind a semicolon: VALUE; why");
        }
        return new String[] {
            value.substring(0, sign).strip(), value.substring(sign + 1).strip()
        };
    }
}
