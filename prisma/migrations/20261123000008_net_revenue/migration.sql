-- What the order's lines can be held against until it is decided, then what became of it. Null for nearly every event.
alter table event add column net_revenue jsonb;

-- What one piece of a variant costs the merchant, as Shopify told it last. No amount: Shopify knows none.
create table unit_cost (
    shop text not null,
    variant_id text not null,
    amount text,
    currency text,
    -- Null until Shopify was asked.
    read_at timestamptz(3),
    sold_at timestamptz(3) not null,

    constraint unit_cost_pkey primary key (shop, variant_id)
);

-- When Shopify is to be asked next for a shop's unit costs, and why it did not tell the last time.
create table unit_cost_reading (
    shop text not null,
    due_at timestamptz(3) not null,
    problem text,

    constraint unit_cost_reading_pkey primary key (shop)
);
create index unit_cost_reading_due_at_idx on unit_cost_reading (due_at);
