// The web app, byte for byte, between two symbols.
    .section .rodata
    .balign 16
    .globl seen_archive_begin
    .globl seen_archive_end
seen_archive_begin:
    .incbin SEEN_ARCHIVE
seen_archive_end:
    .byte 0
    .section .note.GNU-stack,"",%progbits
