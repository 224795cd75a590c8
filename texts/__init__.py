"""Every sentence a person reads, in Chinese and English; money, time and durations written out."""
