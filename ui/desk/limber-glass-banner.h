/* LimberGlassBanner: says, for as long as it is so, that whoever is at work has broken the glass, and the way to end it; and to whoever is to look
 * at others' that some waits. */
#pragma once

#include <gtk/gtk.h>

#include "limber-deeds.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_GLASS_BANNER (limber_glass_banner_get_type ())
G_DECLARE_FINAL_TYPE (LimberGlassBanner, limber_glass_banner, LIMBER, GLASS_BANNER, GtkWidget)

void limber_glass_banner_watch (LimberGlassBanner *banner, LimberStore *store, LimberStaffMember *member, LimberDeeds *deeds);

/* Actions used: desk.go. */

G_END_DECLS
