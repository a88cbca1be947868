/* LimberKioskScanner: tells a scanner from fingers. A scanner is a keyboard that types a letter's code faster than
 * anybody could, and then Enter. What it typed is data: bounded, and only the letters that a code is made of. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIMBER_KIOSK_SCANNER_CODE 10    /* letters in a code */
#define LIMBER_KIOSK_SCANNER_MOST 64    /* letters kept of what is typed fast */
#define LIMBER_KIOSK_SCANNER_GAP 80     /* milliseconds between two keys of a scanner, at most */

typedef enum {
  LIMBER_KIOSK_SCAN_NOTHING, /* fingers, or not yet over */
  LIMBER_KIOSK_SCAN_CODE,    /* a code, to be looked up */
  LIMBER_KIOSK_SCAN_FOREIGN, /* a scan of something that is none of our letters */
} LimberKioskScan;

typedef struct {
  char    text[LIMBER_KIOSK_SCANNER_MOST + 1];
  guint   length;
  guint32 last; /* milliseconds, the time of the last key */
} LimberKioskScanner;

void            limber_kiosk_scanner_clear (LimberKioskScanner *scanner);
void            limber_kiosk_scanner_key   (LimberKioskScanner *scanner, gunichar letter, guint32 time);
LimberKioskScan limber_kiosk_scanner_enter (LimberKioskScanner *scanner, guint32 time, char code[LIMBER_KIOSK_SCANNER_CODE + 1]);

G_END_DECLS
