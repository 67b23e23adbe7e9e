package org.brkmap.toolchain;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads memcheck's XML, protocol 4, as far as it goes: a program that was killed leaves it unfinished. Used once. */
final class ValgrindXml {
    private static final int MOST_FINDINGS = 1000;

    private final XMLStreamReader xml;
    private final List<ValgrindFinding> findings = new ArrayList<>();
    private @Nullable String signal;
    private boolean finished;

    private ValgrindXml(XMLStreamReader xml) {
        this.xml = xml;
    }

    static ValgrindXml read(InputStream input) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            ValgrindXml read = new ValgrindXml(factory.createXMLStreamReader(input));
            read.document();
            return read;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("an XML reader begins without reading", e);
        }
    }

    List<ValgrindFinding> findings() {
        return findings;
    }

    @Nullable String signal() {
        return signal;
    }

    boolean finished() {
        return finished;
    }

    private void document() {
        try {
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    top(xml.getLocalName());
                }
            }
        } catch (XMLStreamException cutOff) {
            // What was read so far is what there is.
        }
    }

    private void top(String name) throws XMLStreamException {
        if (name.equals("error") && findings.size() < MOST_FINDINGS) {
            findings.add(error());
        } else if (name.equals("state")) {
            finished |= xml.getElementText().strip().equals("FINISHED");
        } else if (name.equals("signame")) {
            signal = xml.getElementText().strip();
        }
    }

    private ValgrindFinding error() throws XMLStreamException {
        String kind = "";
        String what = "";
        long bytes = 0;
        long blocks = 0;
        List<ValgrindFrame> first = null;
        List<String> background = new ArrayList<>();
        boolean aside = false;
        while (!(xml.next() == XMLStreamConstants.END_ELEMENT
                && xml.getLocalName().equals("error"))) {
            if (!xml.isStartElement()) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "kind" -> kind = xml.getElementText();
                case "what" -> what = xml.getElementText();
                case "auxwhat" -> background.add(xml.getElementText());
                case "xauxwhat" -> aside = true;
                case "xwhat" -> aside = false;
                case "text" -> {
                    if (aside) {
                        background.add(xml.getElementText());
                    } else {
                        what = xml.getElementText();
                    }
                }
                case "leakedbytes" -> bytes = number();
                case "leakedblocks" -> blocks = number();
                case "stack" -> {
                    List<ValgrindFrame> stack = stack();
                    first = first == null ? stack : first;
                }
                default -> {}
            }
        }
        return new ValgrindFinding(kind, what, bytes, blocks, first == null ? List.of() : first, background);
    }

    private List<ValgrindFrame> stack() throws XMLStreamException {
        List<ValgrindFrame> frames = new ArrayList<>();
        String function = null;
        String file = null;
        Integer line = null;
        while (!(xml.next() == XMLStreamConstants.END_ELEMENT
                && xml.getLocalName().equals("stack"))) {
            if (xml.isStartElement()) {
                switch (xml.getLocalName()) {
                    case "fn" -> function = xml.getElementText();
                    case "file" -> file = xml.getElementText();
                    case "line" -> line = (int) number();
                    default -> {}
                }
            } else if (xml.isEndElement() && xml.getLocalName().equals("frame")) {
                frames.add(new ValgrindFrame(function, file, line));
                function = null;
                file = null;
                line = null;
            }
        }
        return frames;
    }

    private long number() throws XMLStreamException {
        try {
            return Long.parseLong(xml.getElementText().strip());
        } catch (NumberFormatException e) {
            throw new XMLStreamException("not a number", e);
        }
    }
}
