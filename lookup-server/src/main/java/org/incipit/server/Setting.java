package org.incipit.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a component of {@link ServerConfig} is as a setting; its names derive from its own. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {
  /** One sentence without its full stop. */
  String help();

  /** What stands for the value in the help. */
  String value() default "N";

  /** Of a number. */
  String unit() default "";

  /** If nobody says anything; empty for none. */
  String standard() default "";

  /** Of a number. */
  long least() default 0;

  /** Of a number. */
  long most() default Integer.MAX_VALUE;

  /** Whether it is known by name only as yet. */
  boolean planned() default false;
}
