create table seat (id bigint primary key);
