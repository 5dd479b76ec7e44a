package io.coordination.jdbc;

import io.coordination.lock.FencingToken;
import io.coordination.lock.Resource;
import io.coordination.lock.StaleTokenException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The ways in which a fence is kept, each with a real database. */
enum FencedDatabase {
    H2 {
        @Override
        DataSource create() {
            return h2("guarded");
        }

        @Override
        void check(DataSource dataSource, Resource resource, FencingToken token) {
            new JdbcFencingGuard(dataSource).check(resource, token);
        }
    },
    POSTGRESQL {
        @Override
        DataSource create() {
            try {
                return EmbeddedPostgres.builder().start().getPostgresDatabase();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        void check(DataSource dataSource, Resource resource, FencingToken token) {
            new JdbcFencingGuard(dataSource).check(resource, token);
        }
    },
    ANY_OTHER {
        @Override
        DataSource create() {
            return h2("plain");
        }

        @Override
        void check(DataSource dataSource, Resource resource, FencingToken token) {
            PlainFence fence = new PlainFence(new FenceTable(FenceTable.DEFAULT_NAME));
            if (!fence.raise(new JdbcTemplate(dataSource), resource, token)) {
                throw new StaleTokenException(resource, token);
            }
        }
    };

    private DataSource dataSource;

    abstract DataSource create();

    abstract void check(DataSource dataSource, Resource resource, FencingToken token);

    /** The database, made when first asked for, with the fence table and a table of sales. */
    DataSource dataSource() {
        if (dataSource == null) {
            dataSource = create();
            new ResourceDatabasePopulator(new ClassPathResource("io/coordination/jdbc/schema.sql")).execute(dataSource);
            new JdbcTemplate(dataSource)
                    .execute("create table sale (id bigint generated always as identity primary key,"
                            + " seat varchar(600) not null, token bigint not null)");
        }
        return dataSource;
    }

    private static DataSource h2(String name) {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000");
        return h2;
    }
}
