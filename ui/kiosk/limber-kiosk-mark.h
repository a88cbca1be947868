/* LimberKioskMark: a line drawing, drawn here so that it needs no image loader, in the colour of the text around it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_MARK (limber_kiosk_mark_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskMark, limber_kiosk_mark, LIMBER, KIOSK_MARK, GtkWidget)

void limber_kiosk_mark_set_drawing (LimberKioskMark *mark, const char *drawing);

G_END_DECLS
