package io.coordination.spring.autoconfigure;

import io.coordination.jdbc.FenceTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

/** Creates the fence table, under whatever name it has. Spring Boot lets everything that uses the database wait for it. */
final class FenceTableInitializer extends DataSourceScriptDatabaseInitializer {

    private static final String SCRIPT = "classpath:io/coordination/jdbc/schema.sql";

    private final FenceTable table;

    FenceTableInitializer(DataSource dataSource, FenceTable table, DatabaseInitializationMode mode) {
        super(dataSource, settings(mode));
        this.table = table;
    }

    @Override
    protected void runScripts(Scripts scripts) {
        List<Resource> named = StreamSupport.stream(scripts.spliterator(), false)
                .map(this::withName)
                .toList();
        super.runScripts(new Scripts(named).encoding(StandardCharsets.UTF_8));
    }

    private Resource withName(Resource script) {
        try {
            String sql =
                    script.getContentAsString(StandardCharsets.UTF_8).replace(FenceTable.DEFAULT_NAME, table.name());
            return new ByteArrayResource(sql.getBytes(StandardCharsets.UTF_8), script.getDescription());
        } catch (IOException e) {
            throw new UncheckedIOException("The script " + script + " could not be read.", e);
        }
    }

    private static DatabaseInitializationSettings settings(DatabaseInitializationMode mode) {
        DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
        settings.setSchemaLocations(List.of(SCRIPT));
        settings.setMode(mode);
        return settings;
    }
}
