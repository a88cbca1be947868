/* What was drawn, dot by dot, and how well it can be read: contrast as WCAG 2.2 computes it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct {
  guint32 *dots; /* (owned) */
  int      width, height;
} Dots;

void   dots_read        (Dots *dots, GdkTexture *drawn);
void   dots_clear       (Dots *dots);
double dots_contrast_in (const Dots *dots, const graphene_rect_t *box);
guint  dots_changed     (const Dots *one, const Dots *other, double contrast);

G_END_DECLS
