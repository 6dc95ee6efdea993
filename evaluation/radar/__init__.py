"""The radar: entries as data, a ring computed from what is known of the vendor, and exports to other radars."""
