"""What training makes small: wrong next tokens and, early on, heads that look the wrong way."""

import torch


class WeightedCrossEntropy(torch.autograd.Function):
    """Mean over the weights of -log P(target); logits [rows, vocab]."""

    # Keeps the probabilities, so that going backward costs one product.
    @staticmethod
    def forward(ctx, logits, targets, weights):
        logits = logits.float()
        probs = torch.softmax(logits, dim=-1)
        right = probs.gather(1, targets[:, None])
        share = weights / weights.sum()
        probs.scatter_(1, targets[:, None], right - 1)
        ctx.save_for_backward(probs, share)
        return -(right[:, 0].clamp_min(1e-30).log() * share).sum()

    @staticmethod
    def backward(ctx, gradient):
        probs, share = ctx.saved_tensors
        return probs * (share * gradient)[:, None], None, None


def looking_wrong(attention, links, jobs):
    """Mean over the jobs of -log of the attention that a job's head gives to where it should look.

    attention: [layers][rows, heads, query, key]; jobs: {job: (layer, head)} from 0.
    """
    parts = []
    for job, (layer, head) in jobs.items():
        if job == "previous":
            parts.append(-attention[layer][:, head].diagonal(-1, 1, 2).clamp_min(1e-6).log().mean())
        elif links.get(job):
            row, query, key = torch.tensor(links[job]).unbind(1)
            parts.append(-attention[layer][row, head, query, key].clamp_min(1e-6).log().mean())
    return sum(parts) / max(1, len(parts))
