package org.incipit.server.acoustid;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes XML: the object is the element {@code response}, a field an element of its name, an item
 * of a list an element that is named by the singular. Characters that XML cannot hold become
 * U+FFFD.
 */
final class XmlText {
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

  private XmlText() {}

  static void write(Fields answer, OutputStream out) throws IOException {
    Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 512);
    try {
      XMLStreamWriter xml = FACTORY.createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      write("response", answer, xml);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw e.getNestedException() instanceof IOException cause ? cause : new IOException(e);
    }
    text.flush();
  }

  private static void write(String name, Node node, XMLStreamWriter xml) throws XMLStreamException {
    xml.writeStartElement(name);
    switch (node) {
      case Node.Text text -> xml.writeCharacters(printable(text.value()));
      case Node.Whole whole -> xml.writeCharacters(Long.toString(whole.value()));
      case Node.Real real -> xml.writeCharacters(Float.toString(real.value()));
      case Node.True yes -> xml.writeCharacters("true");
      case Node.Nothing nothing -> {}
      case Node.Items items -> {
        String singular = singular(name);
        for (Node item : items.nodes()) {
          write(singular, item, xml);
        }
      }
      case Fields fields -> {
        for (Map.Entry<String, Node> field : fields.nodes().entrySet()) {
          write(field.getKey(), field.getValue(), xml);
        }
      }
    }
    xml.writeEndElement();
  }

  private static String singular(String plural) {
    if (plural.equals("hashes")) {
      return "hash";
    }
    return plural.endsWith("ies")
        ? plural.substring(0, plural.length() - 3) + "y"
        : plural.substring(0, plural.length() - 1);
  }

  /** What is left of a text in XML 1.0 (its production Char). */
  private static String printable(String text) {
    if (text.codePoints().allMatch(XmlText::isChar)) {
      return text;
    }
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints().forEach(c -> kept.appendCodePoint(isChar(c) ? c : 0xFFFD));
    return kept.toString();
  }

  private static boolean isChar(int c) {
    return (c >= 0x20 && c < 0xD800)
        || (c >= 0xE000 && c != 0xFFFE && c != 0xFFFF)
        || c == '\t'
        || c == '\n'
        || c == '\r';
  }
}
