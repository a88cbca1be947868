/* LimberKioskLanguage: the languages of the public screens. One is spoken at a time by the whole program; it changes at once, and
 * pages that are made afterwards are in it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LimberKioskLanguage:
 * @code: of ISO 639
 * @name: what its speakers call it, in their script
 * @style: the class of the window in the stylesheet, for the script's own line height
 * @direction: of its script
 */
typedef struct {
  const char      *code;
  const char      *name;
  const char      *style;
  GtkTextDirection direction;
} LimberKioskLanguage;

void                       limber_kiosk_language_offer   (const char *wanted);
guint                      limber_kiosk_language_count   (void);
const char *const         *limber_kiosk_language_codes   (void);
const LimberKioskLanguage *limber_kiosk_language_nth     (guint n);
const LimberKioskLanguage *limber_kiosk_language_get     (void);
gboolean                   limber_kiosk_language_set     (const char *code);
void                       limber_kiosk_language_restore (void);

G_END_DECLS
