"""The ledger on real tables: what is booked, what people do with it, and that it always adds up."""
