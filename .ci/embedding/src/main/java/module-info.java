module example {
  requires org.incipit.fingerprint;
  requires org.incipit.decoder;
}
