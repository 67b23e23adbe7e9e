package org.brkmap.export;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.export.Export.Chosen;
import org.brkmap.grade.Gradebook.Worth;
import org.jspecify.annotations.Nullable;

/**
 * JUnit's XML in the form that Jenkins, GitLab and GitHub's actions read: a suite for each student and lab, a case for each check. No time
 * stands in it, for a result knows none. Characters that XML 1.0 cannot hold are replaced by U+FFFD.
 */
final class JunitXml {
    private final XMLStreamWriter out;

    private JunitXml(XMLStreamWriter out) {
        this.out = out;
    }

    static Export of(Chosen chosen) {
        List<Grade> grades = new ArrayList<>();
        for (String lab : chosen.labs()) {
            grades.addAll(chosen.grades(lab));
        }
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new JunitXml(out).suites(grades);
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("memory refused to be written", e);
        }
        return chosen.export(Map.of(Format.JUNIT.place(), text + "\n"), grades, List.of());
    }

    private void suites(List<Grade> grades) throws XMLStreamException {
        out.writeStartDocument("UTF-8", "1.0");
        out.writeCharacters("\n");
        out.writeStartElement("testsuites");
        out.writeAttribute("name", "brkmap");
        for (Grade grade : grades) {
            out.writeCharacters("\n  ");
            suite(grade);
        }
        out.writeCharacters("\n");
        out.writeEndElement();
        out.writeEndDocument();
    }

    private void suite(Grade grade) throws XMLStreamException {
        List<Worth> checks = grade.entry().checks();
        boolean judged = grade.isJudged();
        boolean error = grade.isHandedIn() && !judged;
        out.writeStartElement("testsuite");
        attribute("name", grade.lab() + "." + grade.student().id());
        attribute("tests", Integer.toString(judged ? checks.size() : 1));
        attribute("failures", Long.toString(count(checks, CheckStatus.FAILED)));
        attribute("errors", error ? "1" : "0");
        attribute(
                "skipped",
                Long.toString(count(checks, CheckStatus.SKIPPED)
                        + count(checks, CheckStatus.NOT_CHECKED)
                        + (grade.isHandedIn() ? 0 : 1)));
        properties(grade);
        for (Worth worth : checks) {
            out.writeCharacters("\n    ");
            check(grade, worth);
        }
        if (!judged) {
            out.writeCharacters("\n    ");
            out.writeStartElement("testcase");
            attribute("name", "handed in");
            attribute("classname", grade.lab());
            outcome(error ? "error" : "skipped", first(grade.flags()), error ? grade.flags() : null);
            out.writeEndElement();
        }
        out.writeCharacters("\n  ");
        out.writeEndElement();
    }

    private static long count(List<Worth> checks, CheckStatus status) {
        return checks.stream().filter(worth -> worth.check().status() == status).count();
    }

    private void properties(Grade grade) throws XMLStreamException {
        out.writeCharacters("\n    ");
        out.writeStartElement("properties");
        property(
                "points",
                grade.points() == null ? "n/a" : grade.entry().earned().toPlainString());
        property("of", grade.entry().max().toPlainString());
        property("grading", grade.grading().isEmpty() ? "n/a" : grade.grading());
        if (!grade.flags().isEmpty()) {
            property("flags", grade.flags());
        }
        out.writeEndElement();
    }

    private void property(String name, String value) throws XMLStreamException {
        out.writeEmptyElement("property");
        attribute("name", name);
        attribute("value", value);
    }

    private void check(Grade grade, Worth worth) throws XMLStreamException {
        out.writeStartElement("testcase");
        attribute("name", Tests.name(worth));
        attribute("classname", grade.lab());
        String message = Grade.message(worth, false);
        if (message != null) {
            boolean failed = worth.check().status() == CheckStatus.FAILED;
            outcome(failed ? "failure" : "skipped", first(message), failed ? message : null);
        }
        out.writeEndElement();
    }

    private void outcome(String element, String message, @Nullable String text) throws XMLStreamException {
        out.writeStartElement(element);
        attribute("message", message);
        if (text != null) {
            out.writeCharacters(clean(text));
        }
        out.writeEndElement();
    }

    private static String first(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        out.writeAttribute(name, clean(value));
    }

    /** The text with what is no character of XML 1.0 (section 2.2) replaced. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean allowed = point == '\t'
                    || point == '\n'
                    || (point >= ' ' && point < Character.MIN_SURROGATE)
                    || (point > Character.MAX_SURROGATE && point < 0xfffe)
                    || point > 0xffff;
            clean.appendCodePoint(allowed ? point : 0xfffd);
        });
        return clean.toString();
    }
}
