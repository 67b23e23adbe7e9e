package org.brkmap.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class JunitXmlTest {
    @TempDir
    private Path folder;

    private Document parsed() throws Exception {
        SmallClass small = new SmallClass(folder);
        Export export = Export.of(small.book(), Format.JUNIT, ExportOptions.of(small.roster()));
        byte[] bytes = export.files().get("junit.xml").getBytes(StandardCharsets.UTF_8);
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(JunitXmlTest.class.getResource("/export/junit.xsd"))
                .newValidator()
                .validate(new StreamSource(new ByteArrayInputStream(bytes)));
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static Element suite(Document document, String student) {
        return elements(document.getDocumentElement(), "testsuite").stream()
                .filter(suite -> suite.getAttribute("name").equals("lab2." + student))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void it_is_well_formed_and_valid_whatever_a_submission_says() throws Exception {
        Element bob = suite(parsed(), "s2");
        String told = elements(bob, "failure").get(0).getTextContent();
        assertThat(told).contains("expected: 3 moves", "</testcase>]]> & \"q\"", "<script>");
        assertThat(told).contains("A0\ufffd\ufffd]0;x\ufffd\ufffd ").doesNotContain("\0", "\u001b");
    }

    @Test
    void counts_are_those_of_its_cases() throws Exception {
        Document document = parsed();
        List<Element> suites = elements(document.getDocumentElement(), "testsuite");
        assertThat(suites).hasSize(6);
        for (Element suite : suites) {
            String name = suite.getAttribute("name");
            assertThat(suite.getAttribute("tests")).as(name).isEqualTo(count(suite, "testcase"));
            assertThat(suite.getAttribute("failures")).as(name).isEqualTo(count(suite, "failure"));
            assertThat(suite.getAttribute("errors")).as(name).isEqualTo(count(suite, "error"));
            assertThat(suite.getAttribute("skipped")).as(name).isEqualTo(count(suite, "skipped"));
        }
        assertThat(count(suite(document, "s2"), "failure")).isEqualTo("2");
        assertThat(count(suite(document, "s2"), "skipped")).isEqualTo("2");
        assertThat(count(suite(document, "s3"), "skipped"))
                .as("handed in nothing")
                .isEqualTo("1");
        assertThat(count(suite(document, "s4"), "error")).as("not judged").isEqualTo("1");
        assertThat(count(suite(document, "s1"), "failure")).isEqualTo("0");
    }

    private static String count(Element suite, String name) {
        return Integer.toString(elements(suite, name).size());
    }

    @Test
    void every_character_of_xml_stays() {
        String allowed = "a\t\n \u007e\u0085\ud7ff\ue000\ufffd\ud83d\ude00";
        assertThat(JunitXml.clean(allowed)).isEqualTo(allowed);
        assertThat(JunitXml.clean("\u0000\u0008\u001f\ud800-\udfff\ufffe\uffff"))
                .isEqualTo("\ufffd\ufffd\ufffd\ufffd-\ufffd\ufffd\ufffd");
    }
}
