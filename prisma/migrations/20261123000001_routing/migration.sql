-- How each action is reported, and which of several pixels takes it.

alter table settings
  -- {"primary": action, "rules": {action: {"as", "legs", "formerly"}}}; an action without a rule goes out as it is.
  add column event_mapping jsonb not null default '{"primary": "Purchase", "rules": {}}';

alter table destination
  -- Lists of text; null: every country, every channel.
  add column countries jsonb,
  add column channels jsonb,
  add column events_off jsonb not null default '[]';
