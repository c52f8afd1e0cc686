-- Choices about kinds of orders; a key that is not there was never chosen.
alter table settings
  add column gift_cards text not null default 'count',
  add column orders jsonb not null default '{}';
