create table if not exists coordination_fence (
    lock_name varchar(512) not null,
    lock_key varchar(512) not null,
    token bigint not null,
    primary key (lock_name, lock_key)
);
