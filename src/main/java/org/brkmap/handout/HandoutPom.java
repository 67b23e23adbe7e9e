package org.brkmap.handout;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;

/** The project's pom.xml without what only the harness's own build needs: its profile, test libraries, formatting, coverage. */
final class HandoutPom {
    private static final List<String> BUILD_PLUGINS = List.of("spotless-maven-plugin", "jacoco-maven-plugin");
    private static final Pattern ROOT = Pattern.compile("<project\\b[^>]*>");

    private HandoutPom() {}

    static String of(String pom, List<String> labs) {
        Document document = Parser.xmlParser().parseInput(pom, "");
        document.outputSettings().prettyPrint(false);
        for (Element profile : document.select("project > profiles > profile")) {
            if (!labs.contains(text(profile, "id"))) {
                remove(profile);
            }
        }
        for (Element dependency : document.select("project > dependencies > dependency")) {
            if (text(dependency, "scope").equals("test")) {
                remove(dependency);
            }
        }
        for (Element plugin : document.select("plugin")) {
            if (BUILD_PLUGINS.contains(text(plugin, "artifactId"))) {
                remove(plugin);
            }
        }
        String rest = document.outerHtml();
        for (Element property : document.select("project > properties > *")) {
            if (property.tagName().endsWith(".version") && !rest.contains("${" + property.tagName() + "}")) {
                remove(property);
            }
        }
        for (Element message : document.select("requireProfileIdsExist > message")) {
            message.text(
                    "There is no such profile. The labs are the folders labs/lab*. Try: mvn test -P" + labs.get(0));
        }
        return rootAsWritten(pom, document.outerHtml());
    }

    /** The parser joins the rows of a tag; the root's are long. */
    private static String rootAsWritten(String pom, String written) {
        Matcher root = ROOT.matcher(pom);
        return root.find() ? ROOT.matcher(written).replaceFirst(Matcher.quoteReplacement(root.group())) : written;
    }

    private static String text(Element parent, String child) {
        Element found = parent.selectFirst("> " + child);
        return found == null ? "" : found.text();
    }

    /** Removes an element, the comment that explains it, and the white space before it. */
    private static void remove(Element element) {
        removeSpaceBefore(element);
        if (element.previousSibling() instanceof Comment comment) {
            removeSpaceBefore(comment);
            comment.remove();
        }
        element.remove();
    }

    private static void removeSpaceBefore(Node node) {
        if (node.previousSibling() instanceof TextNode text && text.isBlank()) {
            text.remove();
        }
    }
}
