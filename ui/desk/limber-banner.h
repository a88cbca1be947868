/* LimberBanner: who somebody is, at the top of every page that is about one person, by the NHS Common User Interface: name, born and age,
 * sex, NHS number and how sure it is; what staff must know before anything else, by icon and words; how she is reached, on asking.
 * It is live, and it alone looks the person up: a page asks it. */
#pragma once

#include <gtk/gtk.h>

#include "limber-row.h"
#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_BANNER (limber_banner_get_type ())
G_DECLARE_FINAL_TYPE (LimberBanner, limber_banner, LIMBER, BANNER, GtkWidget)

void            limber_banner_open        (LimberBanner *banner, LimberStore *store, const LimberId *patient);
void            limber_banner_close       (LimberBanner *banner);
LimberRow      *limber_banner_get_person  (LimberBanner *banner);
GListModel     *limber_banner_get_records (LimberBanner *banner);
gboolean        limber_banner_is_loaded   (LimberBanner *banner);
const GError   *limber_banner_get_error   (LimberBanner *banner);
const LimberId *limber_banner_get_patient (LimberBanner *banner);
char           *limber_banner_dup_spoken  (LimberBanner *banner);
gboolean        limber_banner_is_revealed (LimberBanner *banner);

/* Properties: "to-person" (gboolean): whether its arrow goes back to the person's page rather than to today's list;
 * "with-contact" (gboolean): whether it says how she is reached, which a page may do itself.
 * Signals: "changed": she, or what is known of her, is another; or what is restricted is to be shown. */

G_END_DECLS
