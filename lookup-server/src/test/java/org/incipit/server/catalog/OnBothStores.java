package org.incipit.server.catalog;

import java.nio.file.Path;
import org.incipit.server.catalog.store.CatalogException;
import org.incipit.server.catalog.store.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that hold on both stores, each on an empty catalogue. */
@ParameterizedClass
@EnumSource(Store.class)
abstract class OnBothStores {
  @Parameter Store kind;
  @TempDir Path directory;
  TestCatalog store;
  Catalog catalog;

  @BeforeEach
  void open() throws CatalogException {
    store = new TestCatalog(kind.config(directory));
    catalog = store.catalog();
  }

  @AfterEach
  void close() {
    store.close();
  }
}
