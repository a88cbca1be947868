#include "limber-kiosk-scanner.h"

#include <string.h>

/* Fewer letters than this in a row may be a fast typist's. */
#define FEWEST 6

/**
 * limber_kiosk_scanner_clear:
 *
 * Forgets what was typed.
 */
void
limber_kiosk_scanner_clear (LimberKioskScanner *scanner)
{
  explicit_bzero (scanner, sizeof *scanner);
}

/**
 * limber_kiosk_scanner_key:
 * @letter: what was typed
 * @time: milliseconds, the event's own time, so that a slow screen does not make a scanner look like fingers
 */
void
limber_kiosk_scanner_key (LimberKioskScanner *scanner, gunichar letter, guint32 time)
{
  if (scanner->length > 0 && time - scanner->last > LIMBER_KIOSK_SCANNER_GAP)
    limber_kiosk_scanner_clear (scanner);
  scanner->last = time;
  if (scanner->length < LIMBER_KIOSK_SCANNER_MOST)
    scanner->text[scanner->length] = letter > 0x20 && letter < 0x7f ? g_ascii_toupper ((char) letter) : '?';
  scanner->length = MIN (scanner->length + 1, LIMBER_KIOSK_SCANNER_MOST);
}

/**
 * limber_kiosk_scanner_enter:
 * @time: when Enter was pressed, milliseconds
 * @code: (out caller-allocates): the code, where there is one
 *
 * Enter ends what was typed, whatever it was.
 *
 * Returns: what it was
 */
LimberKioskScan
limber_kiosk_scanner_enter (LimberKioskScanner *scanner, guint32 time, char code[LIMBER_KIOSK_SCANNER_CODE + 1])
{
  gboolean fast = scanner->length >= FEWEST && time - scanner->last <= LIMBER_KIOSK_SCANNER_GAP;
  gboolean whole = scanner->length == LIMBER_KIOSK_SCANNER_CODE;

  for (guint i = 0; whole && i < LIMBER_KIOSK_SCANNER_CODE; i++)
    whole = strchr ("0123456789ABCDEFGHJKMNPQRSTVWXYZ", scanner->text[i]) != NULL;
  if (fast && whole)
    g_strlcpy (code, scanner->text, LIMBER_KIOSK_SCANNER_CODE + 1);
  limber_kiosk_scanner_clear (scanner);
  if (!fast)
    return LIMBER_KIOSK_SCAN_NOTHING;
  return whole ? LIMBER_KIOSK_SCAN_CODE : LIMBER_KIOSK_SCAN_FOREIGN;
}
