/* LimberKioskPlain: the page that lies under a public screen, and is seen while there is none: whose clinic it is, and that the
 * desk helps. It takes nothing that is typed or touched. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_PLAIN (limber_kiosk_plain_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskPlain, limber_kiosk_plain, LIMBER, KIOSK_PLAIN, GtkWindow)

LimberKioskPlain *limber_kiosk_plain_new      (void);
void              limber_kiosk_plain_set_site (LimberKioskPlain *plain, const char *site);

G_END_DECLS
