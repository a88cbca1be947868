/* LimberReferralRow: one referral of a person: when, how old, from whom, and what was said. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_REFERRAL_ROW (limber_referral_row_get_type ())
G_DECLARE_FINAL_TYPE (LimberReferralRow, limber_referral_row, LIMBER, REFERRAL_ROW, GtkWidget)

/* Properties: "row" (LimberRow, of the query "person-referrals"), write-only. */

G_END_DECLS
