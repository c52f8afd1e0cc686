-- GIN keeps new entries in a list of up to 4 MB, which every look-up reads from end to end until a vacuum has emptied it:
-- after 100,000 leads from a file, 12 to 25 ms for each order. Leads are added far more rarely than they are looked up.
ALTER INDEX "lead_user_data_idx" SET (fastupdate = off);
