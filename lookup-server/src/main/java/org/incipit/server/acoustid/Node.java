package org.incipit.server.acoustid;

import java.util.List;

/** A piece of an answer, before it is JSON or XML. */
sealed interface Node
    permits Node.Text, Node.Whole, Node.Real, Node.True, Node.Nothing, Node.Items, Fields {
  /** A string. */
  record Text(String value) implements Node {}

  /** A whole number. */
  record Whole(long value) implements Node {}

  /** A number that is written with as few digits as name this float, and with a point. */
  record Real(float value) implements Node {}

  /** It is so. */
  record True() implements Node {}

  /** JSON's null, an empty element of XML. */
  record Nothing() implements Node {}

  /** A list. */
  record Items(List<? extends Node> nodes) implements Node {}
}
